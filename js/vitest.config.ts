import { readFileSync } from "node:fs";
import { dirname, resolve } from "node:path";
import { defineConfig } from "vitest/config";

const PREFIX = "\0css-text:";

/** A style sheet is imported as a string, as build.mjs does it. */
const cssAsText = {
  name: "css-as-text",
  enforce: "pre" as const,
  resolveId(source: string, importer: string | undefined) {
    if (!source.endsWith(".css") || importer === undefined) return null;
    return `${PREFIX}${resolve(dirname(importer), source)}.text`;
  },
  load(id: string) {
    if (!id.startsWith(PREFIX)) return null;
    const text = readFileSync(id.slice(PREFIX.length, -".text".length), "utf8");
    return `export default ${JSON.stringify(text)};`;
  },
};

export default defineConfig({
  plugins: [cssAsText],
  test: { environment: "happy-dom", include: ["src/**/*.test.{ts,tsx}"], maxWorkers: 2 },
});
