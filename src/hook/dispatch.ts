import { reportOnline } from "../app/coding-tools/register.ts";
import type { ToolSession } from "../app/coding-tools/tool-session.ts";
import { type HookAnswer, type HookEvent, resumes } from "../domain/coding-tools/event.ts";
import type { Snapshot } from "../domain/snapshot.ts";
import { ANOTHER_HUB, HiveError } from "../errors.ts";
import { type HookContext, type HubContext, PARTS } from "./context.ts";

/** How long the start of a session waits for news from a remote hub, in milliseconds. */
const START_FETCH_MS = 1500;

/**
 * Handles an event at the session's hub. Returns the answer, if any. `isAsking`: a question to the session's user stays
 * open. Throws HiveError.
 */
export async function act(
  toolSession: ToolSession,
  event: HookEvent,
  isAsking: boolean,
): Promise<HookAnswer | undefined> {
  if (event.kind === "end") return end(toolSession, event);
  if (event.kind === "start" || event.kind === "prompt") await settle(toolSession, event);
  if (event.kind === "start") await toolSession.syncWithin(START_FETCH_MS);
  const tip = toolSession.tip();
  const hive = await toolSession.open();
  try {
    if (event.kind === "beat") return await heartbeat({ toolSession, hive }, isAsking);
    const { state } = await hive.read(PARTS);
    if (event.kind === "prompt" || event.kind === "stop") await settleQuestion({ toolSession, hive }, state);
    return await answer({ toolSession, hive, event, state, tip });
  } catch (error) {
    if (error instanceof HiveError && error.code === ANOTHER_HUB && event.kind === "start")
      return { context: (await import("./texts.ts")).anotherHubText(error) };
    // This host has never fetched the hub. It is fetched now, for the next event.
    if (error instanceof HiveError && tip === undefined) await toolSession.startSync();
    throw error;
  } finally {
    hive.close();
  }
}

/** Takes back at the hub what the session's tool asked, if it was answered. */
async function settleQuestion(
  { toolSession, hive }: HubContext,
  { sessions }: Pick<Snapshot, "sessions">,
): Promise<void> {
  const session = toolSession.identity()?.session;
  const profile = session === undefined ? undefined : sessions.get(session);
  if (profile?.needs?.by_tool === true)
    await (await import("./user-question.ts")).takeBack(toolSession, hive, profile);
}

/** Records where the session runs, and tells its hub who is gone. */
async function settle(toolSession: ToolSession, event: HookEvent): Promise<void> {
  const { address, world } = toolSession;
  const { leaveFormerHub, reportDepartures } = await import("../app/coding-tools/departures.ts");
  await leaveFormerHub(world, toolSession);
  const isResumed = resumes(event);
  if (!isResumed) toolSession.note(event.kind === "start");
  await reportDepartures(world, address);
  if (isResumed) toolSession.run.resume();
}

/** Answers an event. The events import their files here, because each needs different modules. */
async function answer(context: HookContext): Promise<HookAnswer | undefined> {
  if (context.event.kind === "edit") return (await import("./warn-claimed.ts")).edit(context);
  const { prompt, start, stop } = await import("./inform.ts");
  if (context.event.kind === "start") return start(context);
  return context.event.kind === "prompt" ? prompt(context) : stop(context);
}

/** Sends a heartbeat. A session that was taken for gone is online again, unless the event is late. */
async function heartbeat({ toolSession, hive }: HubContext, isAsking: boolean): Promise<undefined> {
  const identity = toolSession.identity();
  if (toolSession.run.hasJustEnded) return;
  toolSession.noteToolUse();
  if (identity === undefined) return;
  if (toolSession.run.hasEnded) toolSession.note(false);
  const { state } = await hive.recall(["sessions", "heartbeats"]);
  await reportOnline(hive, state, { session: identity.session, registration: identity.registration }, true);
  await settleQuestion({ toolSession, hive }, state);
  if (isAsking) toolSession.expectUse();
  if (toolSession.isFetchDue) await toolSession.startSync();
}

/**
 * Hands the end of a session to a process of its own, because a tool may end its hooks after a moment. A session whose
 * conversation was only cleared continues in the next one.
 */
async function end(toolSession: ToolSession, { reason }: HookEvent): Promise<undefined> {
  if (toolSession.run.runsElsewhere) return;
  if (reason === "clear") {
    toolSession.clear();
    return;
  }
  toolSession.leave();
  await toolSession.startDetached("leave");
}
