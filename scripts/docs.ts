import { mkdirSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import manifest from "../package.json" with { type: "json" };
import { pages } from "./manual/pages.ts";

/** Writes the generated files: docs/commands.md, the man pages and coordination/schema/. Usage: npm run docs */
for (const [path, text] of Object.entries(await pages(manifest.version))) {
  const file = new URL(`../${path}`, import.meta.url).pathname;
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, text);
}
