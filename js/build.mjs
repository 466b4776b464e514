// Builds the bundles that the widgets send to the browser, and prints what each weighs.
import { readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import { build } from "esbuild";

const root = fileURLToPath(new URL(".", import.meta.url));
const out = join(root, "..", "ogc_widgets", "widgets", "static");
const entries = { loader: "src/loader.ts", app: "src/app.ts" };

/** A style sheet, its imports followed and minified, is imported as a string. */
const cssAsText = {
  name: "css-as-text",
  setup(host) {
    host.onLoad({ filter: /\.css$/ }, async ({ path }) => {
      const sheet = await build({ entryPoints: [path], bundle: true, minify: true, write: false });
      return { contents: sheet.outputFiles[0].text, loader: "text" };
    });
  },
};

/** The licences of the packages that a bundle holds, as their authors ask. */
async function licences(inputs) {
  const names = Object.keys(inputs)
    .map((path) => /node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(path)?.[1])
    .filter((name) => name !== undefined);
  const texts = [...new Set(names)].sort().map(async (name) => {
    const folder = join(root, "node_modules", name);
    const { version, license } = JSON.parse(await readFile(join(folder, "package.json"), "utf8"));
    const file = (await readdir(folder)).find((entry) => /^licen[cs]e/i.test(entry));
    const text = file ? (await readFile(join(folder, file), "utf8")).trim() : "";
    return `${name} ${version} (${license})\n\n${text}\n`;
  });
  return (await Promise.all(texts)).join(`\n${"-".repeat(80)}\n\n`);
}

const result = await build({
  absWorkingDir: root,
  entryPoints: entries,
  outdir: out,
  bundle: true,
  minify: true,
  format: "esm",
  target: "es2022",
  jsx: "automatic",
  jsxImportSource: "preact",
  legalComments: "none",
  metafile: true,
  logLevel: "warning",
  plugins: [cssAsText],
});
await writeFile(join(out, "THIRD_PARTY_LICENSES.txt"), await licences(result.metafile.inputs));

for (const name of Object.keys(entries)) {
  const bytes = await readFile(join(out, `${name}.js`));
  const kilo = (size) => `${(size / 1000).toFixed(1)} kB`;
  console.log(
    `${name}.js  ${kilo(bytes.length)}, gzip ${kilo(gzipSync(bytes, { level: 9 }).length)}`,
  );
}
