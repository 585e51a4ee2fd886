import { hasRecentHeartbeat, isStateReachable } from "../app/coding-tools/fast-path.ts";
import type { ToolSession } from "../app/coding-tools/tool-session.ts";
import type { CodingTool, HookEvent } from "../domain/coding-tools/event.ts";
import { fieldsOf, type HookAnswer } from "../domain/coding-tools/event.ts";
import { parseEvent } from "../domain/coding-tools/event-text.ts";
import { mayTellWork } from "../domain/coding-tools/prompt.ts";
import {
  isOwnProcess,
  type OwnProcess,
  PROBE,
  PROBE_ANSWER,
  type ToolName,
} from "../domain/coding-tools/table.ts";
import { TOOLS } from "../domain/coding-tools/tools.ts";
import { encode } from "../domain/values/visible.ts";
import type { World } from "../world.ts";
import { isOff } from "./off.ts";

/**
 * Answers one event of a coding tool's session. It never throws and prints only an answer that the tool understands,
 * so that a failure of git-hive does not disturb the session.
 */
export async function runHook([name = "", ...rest]: readonly string[], world: World): Promise<void> {
  try {
    if (world.env[PROBE]) return world.out(`${PROBE_ANSWER} ${world.version}\n`);
    if (isOwnProcess(name)) return await runAlone(name, world, rest[0]);
    const tool = Object.hasOwn(TOOLS, name) ? TOOLS[name as ToolName] : undefined;
    const event = tool?.read(fieldsOf(parseEvent(await world.readInput())), rest[0]);
    if (tool && event) await answer(tool, event, world);
  } catch (error) {
    if (world.env.HIVE_HOOK_DEBUG) world.err(`${error instanceof Error ? error.stack : String(error)}\n`);
  }
}

/** Does what a hook left to a process of its own. */
async function runAlone(what: OwnProcess, world: World, tool: string | undefined): Promise<void> {
  if (what === "ask") return (await import("./user-question.ts")).askAtHub(world, tool);
  return (await import("./background-sync.ts")).backgroundSync(world, tool);
}

/** Events of each use of a tool. For them, a thread that looks whether the state directory answers costs too much. */
const FREQUENT: ReadonlySet<HookEvent["kind"]> = new Set(["beat", "edit"]);

/** What a subagent does in its session's name: it changes files, uses tools, and asks the user. */
const OF_SUBAGENTS: ReadonlySet<HookEvent["kind"]> = new Set(["beat", "edit", "wait"]);

async function answer(tool: CodingTool, event: HookEvent, world: World): Promise<void> {
  if (isOff(world, event.kind)) return;
  // Subagents act in the session's name. They do not start or end it.
  if (event.isSubagent && !OF_SUBAGENTS.has(event.kind)) return;
  // A thread of this process waits for the directory from now on, and would keep a usual end from ending.
  if (!FREQUENT.has(event.kind) && !(await isStateReachable(world))) return world.abandon();
  const result = await answerAtHub(tool, event, world);
  const printed = result && tool.print(event, result);
  if (printed) world.out(`${encode(printed)}\n`);
}

/** Returns the answer to an event, if any. Does not open the hub where small files show that there is nothing to do. */
async function answerAtHub(
  { variable }: CodingTool,
  event: HookEvent,
  world: World,
): Promise<HookAnswer | undefined> {
  if (event.kind === "beat" && hasRecentHeartbeat(world, { id: event.session })) return undefined;
  const { ToolSession } = await import("../app/coding-tools/tool-session.ts");
  const directory = event.directory ?? world.directory;
  const continues = event.kind === "start" && event.reason === "clear";
  const toolSession = ToolSession.in(world, { variable, id: event.session, directory, continues });
  if (toolSession === undefined) return undefined;
  if (event.kind === "wait") {
    await (await import("./user-question.ts")).noteQuestion(toolSession, event);
    return undefined;
  }
  // So that the next prompt, which may come soon, tells what is new by then.
  if (event.kind === "stop") await toolSession.startSync();
  const isAsking = toolSession.staysAsking(event);
  if (isQuiet(toolSession, event)) return undefined;
  const { act } = await import("./dispatch.ts");
  return act(toolSession, event, isAsking);
}

/** Whether the hub on this host has not changed since an event of this kind last had no answer. */
function isQuiet(toolSession: ToolSession, { kind, paths, prompt }: HookEvent): boolean {
  if (kind === "edit" && paths.length === 0) return true;
  if (kind !== "prompt" && kind !== "stop" && kind !== "edit") return false;
  const { shownAt, calmAt, unclaimedAt, saidWork } = toolSession.recall();
  const tip = toolSession.tip();
  if (tip === undefined) return false;
  if (kind === "edit") return unclaimedAt === tip;
  if (kind === "stop") return shownAt === tip || calmAt === tip;
  const tellsWork = mayTellWork(prompt) && !isOff(toolSession.world, "work");
  const isSettled =
    shownAt === tip &&
    saidWork === true &&
    !tellsWork &&
    !toolSession.run.hasMoved &&
    toolSession.untoldNeighbours().length === 0;
  return isSettled && !toolSession.isFetchDue && !toolSession.isHeartbeatDue;
}
