import { sendHeartbeat } from "../app/coding-tools/register.ts";
import type { ToolSession } from "../app/coding-tools/tool-session.ts";
import type { HookAnswer, HookEvent } from "../domain/coding-tools/event.ts";
import { HiveError } from "../errors.ts";
import { type HookContext, type HubContext, PARTS } from "./context.ts";

/** Handles an event at the session's hub. Returns the answer, if any. Throws HiveError. */
export async function act(toolSession: ToolSession, event: HookEvent): Promise<HookAnswer | undefined> {
  const tip = toolSession.tip();
  const hive = await toolSession.open();
  try {
    if (event.kind === "beat") await heartbeat({ toolSession, hive });
    if (event.kind === "end") await end({ toolSession, hive }, event);
    if (event.kind === "beat" || event.kind === "end") return undefined;
    const { state } = await hive.read(PARTS);
    return await answer({ toolSession, hive, event, state, tip });
  } catch (error) {
    // This host has never fetched the hub. It is fetched now, for the next event.
    if (error instanceof HiveError && tip === undefined) await toolSession.startSync();
    throw error;
  } finally {
    hive.close();
  }
}

/** Answers an event. The events import their files here, because each needs different modules. */
async function answer(context: HookContext): Promise<HookAnswer | undefined> {
  if (context.event.kind === "edit") return (await import("./warn-claimed.ts")).edit(context);
  const { prompt, start, stop } = await import("./inform.ts");
  if (context.event.kind === "start") return start(context);
  return context.event.kind === "prompt" ? prompt(context) : stop(context);
}

/** Sends a heartbeat. */
async function heartbeat({ toolSession, hive }: HubContext): Promise<void> {
  const identity = toolSession.identity();
  toolSession.noteHeartbeat();
  if (identity === undefined) return;
  await sendHeartbeat(hive, { session: identity.session, registration: identity.registration }, true);
  if (toolSession.isFetchDue) await toolSession.startSync();
}

/** Reports the session offline. A session whose conversation was only cleared continues in the next one. */
async function end({ toolSession, hive }: HubContext, { reason }: HookEvent): Promise<void> {
  const identity = toolSession.identity();
  if (identity === undefined) return;
  const given = toolSession.names.find(toolSession.tool);
  toolSession.forget();
  if (reason === "clear" && given !== undefined)
    return toolSession.names.leave(toolSession.tool, toolSession.project, given, toolSession.world.now());
  await hive.submit("heartbeat", { status: "offline" }, identity.session, identity.registration);
  await toolSession.startSync();
}
