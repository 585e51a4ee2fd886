import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import { type Plugin, rolldown } from "rolldown";

const FOLDER = new URL("../src/dashboard/", import.meta.url).pathname;
const ID = "\0dashboard-page";

/**
 * Gives `./page.html` in `src/dashboard` as the text of one page: its style and its script, bundled for browsers, stand
 * in it, and its policy allows these two by their hashes and nothing else. The build and the tests use the same.
 */
export function dashboardPage(): Plugin & { enforce: "pre" } {
  return {
    name: "dashboard-page",
    enforce: "pre",
    resolveId: (source, importer = "") =>
      source === "./page.html" && importer.startsWith(FOLDER) ? ID : null,
    load: async (id) => (id === ID ? `export const PAGE = ${JSON.stringify(await makePage())};` : null),
  };
}

async function makePage(): Promise<string> {
  const [html, style, script, replay] = await Promise.all([
    readFile(`${FOLDER}page/page.html`, "utf8"),
    readFile(`${FOLDER}page/style.css`, "utf8"),
    bundle(`${FOLDER}page/main.ts`),
    bundle(`${FOLDER}page/replay.ts`, "replay"),
  ]);
  const parts: Readonly<Record<string, string>> = {
    "style-hash": hashOf(style),
    "script-hash": hashOf(script),
    "replay-hash": hashOf(replay),
    style,
    script,
    replay,
  };
  // Whatever stands beside a text in its element would count for its hash.
  return html.replaceAll(
    /\s*\/\* %(style|script|replay)% \*\/\s*|%((?:style|script|replay)-hash)%/g,
    (_, text, hash) => parts[text ?? hash] ?? "",
  );
}

/**
 * Bundles a script for browsers. What uses Node or the disk cannot be bundled. With a name, the script does nothing but
 * define a function of that name, which runs it and returns what it exports.
 */
async function bundle(input: string, name?: string): Promise<string> {
  const build = await rolldown({ input, platform: "browser", tsconfig: false });
  try {
    const { output } = await build.generate({ format: "iife", minify: true, name: "exported" });
    const [{ code: bundled, imports }] = output;
    if (imports.length > 0) throw new Error(`The page cannot load ${imports.join(", ")}.`);
    const code = name === undefined ? bundled.trim() : `function ${name}(){${bundled}return exported}`;
    // An HTML parser would end the script there.
    if (/<\/script|<!--/i.test(code))
      throw new Error("The script of the page has an end or a comment of HTML.");
    return code;
  } finally {
    await build.close();
  }
}

function hashOf(text: string): string {
  return `sha256-${createHash("sha256").update(text).digest("base64")}`;
}
