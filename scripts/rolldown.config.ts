import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { defineConfig, type Plugin } from "rolldown";
import { dashboardPage } from "./dashboard-page.ts";

const inRoot = (path: string) => new URL(`../${path}`, import.meta.url).pathname;

/** Adds the licences of the bundled packages, because the licences require it. */
function licences(): Plugin {
  return {
    name: "licences",
    generateBundle() {
      const folders = [...this.getModuleIds()].flatMap(
        (id) => /^.*\/node_modules\/(?:@[^/]+\/)?[^/]+/.exec(id) ?? [],
      );
      const texts = [...new Set(folders)].sort().map((folder) => {
        const { name, version, license } = JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
        const file = ["LICENSE", "LICENSE.md", "LICENSE.txt", "license"]
          .map((each) => join(folder, each))
          .find(existsSync);
        return `${name} ${version} (${license})\n\n${file ? readFileSync(file, "utf8").trim() : ""}\n`;
      });
      this.emitFile({
        type: "asset",
        fileName: "LICENCES.txt",
        source: texts.join(`\n${"-".repeat(80)}\n\n`),
      });
    },
  };
}

/**
 * Gives the protocol's library its own copy of zod, because it uses the full zod. With a shared copy, every command would
 * load the parts that only this library uses.
 */
function zodApart(): Plugin {
  const MARK = "?apart";
  return {
    name: "zod-apart",
    async resolveId(source, importer = "") {
      const isLibrary = importer.includes("/@modelcontextprotocol/") && /^zod(?:\/|$)/.test(source);
      if (!isLibrary && !importer.endsWith(MARK)) return null;
      const found = await this.resolve(source, importer.replace(MARK, ""), { skipSelf: true });
      return found && { ...found, id: `${found.id}${MARK}` };
    },
    load: (id) => (id.endsWith(MARK) ? readFileSync(id.slice(0, -MARK.length), "utf8") : null),
  };
}

/** The modules with which a hook ends that has nothing to do: they read an event and look at a file's age. */
const HOOK =
  /src\/(?:app\/coding-tools\/fast-path|hook\/(?:run|off)|domain\/(?:coding-tools\/(?:claude|codex|copilot|cursor|event|gemini|hook-entries|prompt|table|tools)|values\/(?:hash|visible))|store\/(?:host\/(?:answers-within|environment|files|process-id)|identity\/tool-memory))\.ts$/;

/** The modules that every status line, command and other hook loads first: they find the hub and the session. */
const BASE =
  /src\/(?:errors|domain\/(?:coding-tools\/tool-process|hub\/layout|claims\/project|values\/(?:session-id|time))|store\/(?:checkout\/(?:checkout|git-files)|git\/ref-names|host\/state-directory|hub\/(?:address|location)|identity\/(?:identity|given-names|life-signs|running|terminal|tool-records|session-home|choose-hub)))\.ts$/;

/** One CommonJS entry and lazy chunks: Node starts CommonJS faster than ESM, and a command loads only the chunks that it uses. */
export default defineConfig({
  input: { main: inRoot("src/main.ts") },
  platform: "node",
  tsconfig: false,
  plugins: [zodApart(), dashboardPage(), licences()],
  // ulid: its build for Node loads node:crypto, which costs a tenth of the start. It is not used: randomness is passed in.
  // jsonc-parser: its main build is UMD, whose requires a bundler does not see.
  resolve: {
    alias: {
      ulid: inRoot("node_modules/ulid/dist/browser/index.js"),
      "@modelcontextprotocol/server/_shims": inRoot("scripts/mcp-shims.ts"),
      "jsonc-parser": inRoot("node_modules/jsonc-parser/lib/esm/main.js"),
    },
  },
  // gray-matter has an engine that evaluates JavaScript. src/store/decoding/yaml.ts overrides it, which a test checks.
  checks: { eval: false },
  output: {
    dir: inRoot("dist"),
    format: "cjs",
    cleanDir: true,
    // Minified, because Node reads and compiles it at every start. Names are kept for stack traces.
    minify: { compress: true, mangle: false, codegen: true },
    entryFileNames: "[name].cjs",
    chunkFileNames: "[name].cjs",
    // Each loaded file costs time, so the modules of every start are in four files: the hook; the status line, which tools
    // call every few seconds; the parser of command lines; and the base, which all but the shortest hooks load.
    codeSplitting: {
      groups: [
        { name: "hook", test: HOOK, priority: 4 },
        { name: "base", test: BASE, priority: 3 },
        { name: "quick", test: /src\/cli\/status-line\.ts$/, priority: 2 },
        { name: "program", test: /src\/cli\/program\.ts$/, priority: 1 },
      ],
    },
    banner: (chunk) => (chunk.isEntry ? "#!/usr/bin/env node" : ""),
  },
});
