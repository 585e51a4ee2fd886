import { join } from "node:path";
import { build } from "rolldown";
import config from "../../scripts/rolldown.config.ts";

/**
 * Builds what a bench starts as processes of its own into a directory: the program as it is published, and the worker
 * of the contention bench. So plain Node runs the sources as they are now, whatever `dist/` holds.
 */
export async function bundlePrograms(directory: string): Promise<{ main: string; worker: string }> {
  const options = Array.isArray(config) ? config[0] : config;
  const worker = new URL("contention-worker.ts", import.meta.url).pathname;
  await build({ ...options, output: { ...options.output, dir: join(directory, "main") } });
  await build({
    ...options,
    input: { worker },
    plugins: [],
    output: { ...options.output, dir: join(directory, "worker"), banner: "" },
  });
  return { main: join(directory, "main", "main.cjs"), worker: join(directory, "worker", "worker.cjs") };
}
