import { hasJustBeaten, ToolSession } from "../app/coding-tools/tool-session.ts";
import type { CodingTool, HookEvent } from "../domain/coding-tools/event.ts";
import { fieldsOf, type HookAnswer } from "../domain/coding-tools/event.ts";
import type { ToolName } from "../domain/coding-tools/table.ts";
import { TOOLS } from "../domain/coding-tools/tools.ts";
import { encode } from "../domain/values/visible.ts";
import type { World } from "../world.ts";
import { isOff } from "./off.ts";

/**
 * Answers one event of a coding tool's session. Whatever happens, the session goes on as if we were not there: nothing
 * is thrown, and nothing printed but an answer that the tool understands.
 */
export async function runHook([name = "", ...rest]: readonly string[], world: World): Promise<void> {
  try {
    if (name === "exchange") return await (await import("./background-sync.ts")).exchange(world);
    const tool = Object.hasOwn(TOOLS, name) ? TOOLS[name as ToolName] : undefined;
    const event = tool?.read(fieldsOf(JSON.parse(await world.readInput())), rest[0]);
    if (tool && event) await answer(tool, event, world);
  } catch (error) {
    if (world.env.HIVE_HOOK_DEBUG) world.err(`${error instanceof Error ? error.stack : String(error)}\n`);
  }
}

async function answer(tool: CodingTool, event: HookEvent, world: World): Promise<void> {
  if (isOff(world, event.kind)) return;
  // A session's helpers work in its name; they neither come nor go.
  if (event.isSubagent && event.kind !== "edit" && event.kind !== "beat") return;
  const said = await answerAtHub(tool, event, world);
  const printed = said && tool.print(event, said);
  if (printed) world.out(`${encode(printed)}\n`);
}

/** What an event comes to, if anything. Where files tell that it comes to nothing, the hub is not even opened. */
async function answerAtHub(
  { variable }: CodingTool,
  event: HookEvent,
  world: World,
): Promise<HookAnswer | undefined> {
  if (event.kind === "beat" && hasJustBeaten(world, { id: event.session })) return undefined;
  const directory = event.directory ?? world.directory;
  const toolSession = ToolSession.in(world, { variable, id: event.session, directory });
  if (toolSession === undefined || isQuiet(toolSession, event)) return undefined;
  const { act } = await import("./dispatch.ts");
  return act(toolSession, event);
}

/** Whether nothing has happened in the hub, as far as this host knows, since this event last had nothing to say. */
function isQuiet(toolSession: ToolSession, { kind, paths }: HookEvent): boolean {
  if (kind === "edit" && paths.length === 0) return true;
  if (kind !== "prompt" && kind !== "stop" && kind !== "edit") return false;
  const { shownAt, calmAt, unclaimedAt, saidWork } = toolSession.recall();
  const tip = toolSession.tip();
  if (tip === undefined) return false;
  if (kind === "edit") return unclaimedAt === tip;
  if (kind === "stop") return shownAt === tip || calmAt === tip;
  return shownAt === tip && saidWork === true && !toolSession.isFetchDue && !toolSession.isBeatDue;
}
