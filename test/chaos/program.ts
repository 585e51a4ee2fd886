import { join } from "node:path";
import { rolldown } from "rolldown";
import { dashboardPage } from "../../scripts/dashboard-page.ts";
import config from "../../scripts/rolldown.config.ts";
import type { Sandbox } from "../support/sandbox.ts";

const KILLABLE = new URL("../support/killable-main.ts", import.meta.url).pathname;

/** Bundles the killable program as the real one is bundled; its path. */
export async function buildProgram(sandbox: Sandbox): Promise<string> {
  const { output, ...input } = config;
  const dir = sandbox.folder("program");
  const bundle = await rolldown({ ...input, input: { main: KILLABLE }, plugins: [dashboardPage()] });
  await bundle.write({ ...output, dir });
  await bundle.close();
  return join(dir, "main.cjs");
}
