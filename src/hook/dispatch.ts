import { sendHeartbeat } from "../app/coding-tools/register.ts";
import type { ToolSession } from "../app/coding-tools/tool-session.ts";
import type { HookAnswer, HookEvent } from "../domain/coding-tools/event.ts";
import { HiveError } from "../errors.ts";
import { type HookContext, type HubContext, PARTS } from "./context.ts";

/** Does what an event asks for at the session's hub; what there is to say about it. Throws HiveError. */
export async function act(toolSession: ToolSession, event: HookEvent): Promise<HookAnswer | undefined> {
  const tip = toolSession.tip();
  const hive = await toolSession.open();
  try {
    if (event.kind === "beat") await beat({ toolSession, hive });
    if (event.kind === "end") await end({ toolSession, hive }, event);
    if (event.kind === "beat" || event.kind === "end") return undefined;
    const { state } = await hive.read(PARTS);
    return await answer({ toolSession, hive, event, state, tip });
  } catch (error) {
    // A hub that was never seen from here: it is fetched now, and the next event finds it.
    if (error instanceof HiveError && tip === undefined) await toolSession.exchange();
    throw error;
  } finally {
    hive.close();
  }
}

/** Looking at claims takes what the others have no use for, and the other way round: each loads its own. */
async function answer(context: HookContext): Promise<HookAnswer | undefined> {
  if (context.event.kind === "edit") return (await import("./warn-claimed.ts")).edit(context);
  const { prompt, start, stop } = await import("./inform.ts");
  if (context.event.kind === "start") return start(context);
  return context.event.kind === "prompt" ? prompt(context) : stop(context);
}

/** A sign of life. */
async function beat({ toolSession, hive }: HubContext): Promise<void> {
  const who = toolSession.identity();
  toolSession.noteBeat();
  if (who === undefined) return;
  await sendHeartbeat(hive, { session: who.session, registration: who.registration });
  if (toolSession.isFetchDue) await toolSession.exchange();
}

/** The session is gone for everybody at once; one whose conversation was only cleared goes on in the next. */
async function end({ toolSession, hive }: HubContext, { reason }: HookEvent): Promise<void> {
  const who = toolSession.identity();
  if (who === undefined) return;
  const given = toolSession.names.find(toolSession.tool);
  toolSession.forget();
  if (reason === "clear" && given !== undefined)
    return toolSession.names.leave(toolSession.tool, toolSession.project, given, toolSession.world.now());
  await hive.submit("heartbeat", { status: "offline" }, who.session, who.registration);
  await toolSession.exchange();
}
