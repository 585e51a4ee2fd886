import { defineConfig } from "rolldown";

/** One CommonJS entry and lazy chunks: Node starts CommonJS faster than ESM, and a command loads only what it uses. */
export default defineConfig({
  input: { main: "src/main.ts" },
  platform: "node",
  tsconfig: false,
  // The build for Node loads node:crypto, which costs a tenth of a start and is not used: randomness is passed in.
  resolve: {
    alias: { ulid: new URL("../node_modules/ulid/dist/browser/index.js", import.meta.url).pathname },
  },
  // gray-matter brings an engine that evaluates JavaScript; src/store/yaml.ts overrides it, and a test proves it.
  checks: { eval: false },
  output: {
    dir: "dist",
    format: "cjs",
    cleanDir: true,
    // Less to read and compile at every start; names are kept, so a stack trace still says where it was.
    minify: { compress: true, mangle: false, codegen: true },
    entryFileNames: "[name].cjs",
    chunkFileNames: "[name].cjs",
    banner: (chunk) => (chunk.isEntry ? "#!/usr/bin/env node" : ""),
  },
});
