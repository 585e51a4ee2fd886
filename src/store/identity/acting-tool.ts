import { TOOL_VARIABLES } from "../../domain/coding-tools/table.ts";
import type { World } from "../../world.ts";
import type { Host } from "../host/state-directory.ts";
import { processName, ToolRecords, variableOf } from "./tool-records.ts";

/** The facts of a process that tell who acts in it. */
export type Caller = Pick<World, "env" | "ancestors">;

/** The sessions of coding tools that may act in a process: one, none, or several that nothing tells apart. */
export function actingTools({ env, ancestors }: Caller, host: Host): readonly string[] {
  const records = new ToolRecords(host);
  const stated = Object.values(TOOL_VARIABLES).flatMap((name) => {
    const tool = `${name}=${env[name]}`;
    return env[name] ? [records.find(tool) ? tool : (startedBy(name, env) ?? tool)] : [];
  });
  if (!records.areAny()) return stated.slice(0, 1);
  const lines = stated.map((tool) => records.successors(tool));
  // One variable that names a session which never had another name is enough where looking further starts a program.
  const isPlain = lines.length === 1 && lines[0]?.length === 1;
  for (const ancestor of ancestors(!isPlain)) {
    const here = records.runningIn(processName(ancestor));
    if (here.length === 0) continue;
    const own = here.filter((tool) => lines.some((line) => line.includes(tool)));
    const [one, second] = own;
    if (one !== undefined) return second === undefined ? own : [latest(records, lines, own)];
    // A tool that sets no variable, started from the shell of another: the variable there is of the outer tool.
    const hasOwnVariable = here.some((tool) => env[variableOf(tool)]);
    if (stated.length === 0 || (!hasOwnVariable && stated.every((tool) => isElsewhere(records, tool))))
      return here;
  }
  const [line] = lines;
  return line === undefined ? [] : [latest(records, [line])];
}

/** The session in whose name a subagent acts. Codex gives a subagent an id of its own in the usual variable. */
function startedBy(variable: string, env: Caller["env"]): string | undefined {
  const { CODEX_SESSION_ID } = env;
  return variable === TOOL_VARIABLES.codex && CODEX_SESSION_ID
    ? `${variable}=${CODEX_SESSION_ID}`
    : undefined;
}

/** Whether it is known in which process a session runs, so that it is not this one or one nearer to this one. */
function isElsewhere(records: ToolRecords, tool: string): boolean {
  return records.successors(tool).some((each) => (records.find(each)?.processes.length ?? 0) > 0);
}

/** The session that continues the first of the stated ones. A conversation that was resumed after it was cleared is itself. */
function latest(
  records: ToolRecords,
  [line = []]: readonly (readonly string[])[],
  among: readonly string[] = line,
): string {
  const [stated = ""] = line;
  const isReopened = among.includes(stated) && records.find(stated)?.endedAt === undefined;
  const isRunning = records.find(stated) !== undefined;
  return isReopened && isRunning ? stated : (line.findLast((tool) => among.includes(tool)) ?? stated);
}
