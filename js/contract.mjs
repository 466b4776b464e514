// Writes src/contract.ts from `python -m ogc_widgets.contract.export` on standard input: the types of
// all that crosses the border, the names of the row columns, and the words of the interface.
// With --check it only says whether the file is current.
import { readFile, writeFile } from "node:fs/promises";
import { text } from "node:stream/consumers";
import { compile } from "json-schema-to-typescript";

const target = new URL("src/contract.ts", import.meta.url);
const banner =
  "// Generated from ogc_widgets/contract and ogc_widgets/words.py by `make fix`. Do not edit.";

const { schema, columns, words } = JSON.parse(await text(process.stdin));
const types = await compile(schema, schema.title, {
  additionalProperties: false,
  bannerComment: banner,
  format: false,
  unreachableDefinitions: true,
});
const generated = `${types}
export const JOB_COLUMNS = ${JSON.stringify(columns)} as const satisfies readonly (keyof JobRow)[];

export const WORDS = ${JSON.stringify(words, null, 2)} as const;
`;

if (process.argv.includes("--check")) {
  const current = await readFile(target, "utf8").catch(() => "");
  if (current !== generated) {
    console.error("js/src/contract.ts is not what ogc_widgets/contract says: run `make fix`.");
    process.exit(1);
  }
} else {
  await writeFile(target, generated);
  console.log("js/src/contract.ts written");
}
