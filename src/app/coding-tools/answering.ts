import { command } from "../../domain/coding-tools/hook-entries.ts";
import { PROBE, PROBE_ANSWER, type ToolName } from "../../domain/coding-tools/table.ts";
import type { World } from "../../world.ts";

/** What answers the call of a tool's hooks. Any version of git-hive that knows the question counts as git-hive. */
export type Answering = "git-hive" | "another program" | "nothing";

/** Runs the call of a tool's hooks as the tool does, with the PATH of this process. The hook itself does nothing then. */
export function answering({ env, directory, shellLine }: World, tool: ToolName): Answering {
  const run = (line: string) => shellLine(line, { ...env, [PROBE]: "1" }, directory) ?? "";
  if (run(command(tool)).startsWith(`${PROBE_ANSWER} `)) return "git-hive";
  return run("command -v git-hive").trim() === "" ? "nothing" : "another program";
}
