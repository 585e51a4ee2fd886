import { type Member, REGISTER_PARTS } from "../app/coding-tools/register.ts";
import type { ToolSession } from "../app/coding-tools/tool-session.ts";
import type { Hive } from "../app/hive/hive.ts";
import type { HookEvent } from "../domain/coding-tools/event.ts";
import { type NewsItem, newsFor } from "../domain/inbox/news.ts";
import { joinReceipt } from "../domain/inbox/read-marks.ts";
import type { Snapshot } from "../domain/snapshot.ts";
import { toInstant } from "../domain/values/time.ts";
import type { HookReader } from "./texts.ts";

export const PARTS = [...REGISTER_PARTS, "messages", "collaborations", "claims"] as const;

/** A session at its hub. */
export interface HubContext {
  readonly toolSession: ToolSession;
  readonly hive: Hive;
}

/** What happens there, and what the hub held just before as far as this host knows. */
export interface HookContext extends HubContext {
  readonly event: HookEvent;
  readonly state: Pick<Snapshot, (typeof PARTS)[number]>;
  /** The hub's newest commit from before it was read. */
  readonly tip: string | undefined;
}

export function readerOf({ toolSession }: HookContext, session: Member["session"]): HookReader {
  return { session, who: toolSession.sayWho(session), now: toInstant(toolSession.world.now()) };
}

/** What concerns a session: all of it, and what was not shown to it yet. */
export function newsIn({ toolSession, hive, state }: HookContext, session: Member["session"]) {
  const marks = joinReceipt(hive.marks.load(session), state.sessions.get(session));
  const all = newsFor(state, session, toInstant(toolSession.world.now()), new Set(), marks);
  const shown = new Set(toolSession.recall().shown);
  return { all, unseen: all.filter(({ key }) => !shown.has(key)) };
}

/** Notes what was shown of all there is, so that it is no news again; and where nothing is left to show. */
export function noteShown(
  { toolSession, tip }: HookContext,
  { all, unseen }: ReturnType<typeof newsIn>,
  now: readonly NewsItem[],
  saidWork = toolSession.recall().saidWork === true,
): void {
  const hidden = new Set(unseen.map(({ key }) => key));
  for (const { key } of now) hidden.delete(key);
  const isCalm = unseen.every(({ key, urgency }) => urgency !== "urgent" || !hidden.has(key));
  toolSession.remember({
    ...toolSession.recall(),
    shown: all.map(({ key }) => key).filter((key) => !hidden.has(key)),
    shownAt: hidden.size === 0 ? tip : undefined,
    calmAt: isCalm ? tip : undefined,
    saidWork,
  });
}
