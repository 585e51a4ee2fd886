import { defineConfig } from "rolldown";

/** One CommonJS entry and lazy chunks: Node starts CommonJS faster than ESM, and a command loads only what it uses. */
export default defineConfig({
  input: { main: "src/main.ts" },
  platform: "node",
  tsconfig: false,
  // gray-matter brings an engine that evaluates JavaScript; src/store/yaml.ts overrides it, and a test proves it.
  checks: { eval: false },
  output: {
    dir: "dist",
    format: "cjs",
    cleanDir: true,
    entryFileNames: "[name].cjs",
    chunkFileNames: "[name].cjs",
    banner: (chunk) => (chunk.isEntry ? "#!/usr/bin/env node" : ""),
  },
});
