import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { defineConfig, type Plugin } from "rolldown";

const inRoot = (path: string) => new URL(`../${path}`, import.meta.url).pathname;

/** The licences of what is bundled go along, as they ask for. */
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
 * The protocol's library brings the full zod along. It gets a copy of its own: shared, the parts of it that only this
 * library uses would be loaded by every command.
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

/** What a status line, a command and a hook all start with: which hub, and who acts. */
const BASE =
  /src\/(?:errors|domain\/(?:coding-tools\/table|hub\/layout|claims\/project|values\/(?:session-id|time|visible))|store\/(?:checkout\/(?:checkout|git-files)|git\/ref-names|host\/(?:files|state-directory|process-id)|hub\/(?:address|location)|identity\/(?:identity|given-names|terminal|tool-memory|choose-hub)))\.ts$/;

/** One CommonJS entry and lazy chunks: Node starts CommonJS faster than ESM, and a command loads only what it uses. */
export default defineConfig({
  input: { main: inRoot("src/main.ts") },
  platform: "node",
  tsconfig: false,
  plugins: [zodApart(), licences()],
  // The build for Node loads node:crypto, which costs a tenth of a start and is not used: randomness is passed in.
  // The main build of jsonc-parser is UMD, whose requires a bundler does not see.
  resolve: {
    alias: {
      ulid: inRoot("node_modules/ulid/dist/browser/index.js"),
      "@modelcontextprotocol/server/_shims": inRoot("scripts/mcp-shims.ts"),
      "jsonc-parser": inRoot("node_modules/jsonc-parser/lib/esm/main.js"),
    },
  },
  // gray-matter brings an engine that evaluates JavaScript; src/store/decoding/yaml.ts overrides it, and a test proves it.
  checks: { eval: false },
  output: {
    dir: inRoot("dist"),
    format: "cjs",
    cleanDir: true,
    // Less to read and compile at every start; names are kept, so a stack trace still says where it was.
    minify: { compress: true, mangle: false, codegen: true },
    entryFileNames: "[name].cjs",
    chunkFileNames: "[name].cjs",
    // Each file that is loaded costs, so what every start takes is in few: what tools call every few seconds is one,
    // the parser of command lines is another, and what all take, hooks too, is a third.
    codeSplitting: {
      groups: [
        { name: "base", test: BASE, priority: 3 },
        { name: "quick", test: /src\/cli\/status-line\.ts$/, priority: 2 },
        { name: "program", test: /src\/cli\/program\.ts$/, priority: 1 },
      ],
    },
    banner: (chunk) => (chunk.isEntry ? "#!/usr/bin/env node" : ""),
  },
});
