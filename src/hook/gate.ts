import { hasJustBeaten, ToolSession } from "../app/coding-tools/tool-session.ts";
import type { CodingTool, HookAnswer, HookEvent } from "../domain/coding-tools/event.ts";
import type { World } from "../world.ts";

/** What an event comes to, if anything. Where files tell that it comes to nothing, the hub is not even opened. */
export async function answerAtHub(
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
