import { type Member, REGISTER_PARTS } from "../app/coding-tools/register.ts";
import type { ToolSession } from "../app/coding-tools/tool-session.ts";
import type { Hive } from "../app/hive/hive.ts";
import type { HookEvent } from "../domain/coding-tools/event.ts";
import { isPressing, type NewsItem, newsFor } from "../domain/inbox/news.ts";
import { joinReceipt } from "../domain/inbox/read-marks.ts";
import type { Snapshot } from "../domain/snapshot.ts";
import type { Instant } from "../domain/values/instant.ts";
import { toInstant } from "../domain/values/time.ts";
import type { HookReader } from "./texts.ts";

export const PARTS = [...REGISTER_PARTS, "messages", "collaborations", "claims"] as const;

/** A session and its opened hub. */
export interface HubContext {
  readonly toolSession: ToolSession;
  readonly hive: Hive;
}

/** A hook event, and the hub's state before it, as this host knows it. */
export interface HookContext extends HubContext {
  readonly event: HookEvent;
  readonly state: Pick<Snapshot, (typeof PARTS)[number]>;
  /** The hub's newest commit before it was read. */
  readonly tip: string | undefined;
}

export function nowIn({ toolSession }: HookContext): Instant {
  return toInstant(toolSession.world.now());
}

export function readerOf(context: HookContext, session: Member["session"]): HookReader {
  return { session, authorOption: context.toolSession.authorOption(session), now: nowIn(context) };
}

/**
 * Returns the news for a session: all items, those that it was not shown yet, and how many messages to all are from
 * before it was there. Those are no news for it.
 */
export function newsIn({ toolSession, hive, state }: HookContext, session: Member["session"]) {
  const now = toInstant(toolSession.world.now());
  const profile = state.sessions.get(session);
  const { shown, since = now } = toolSession.recall();
  const bornAt = profile?.registered_at ?? since;
  const found = newsFor(state, session, now, new Set(), joinReceipt(hive.marks.load(session), profile));
  const isEarlier = (item: NewsItem) =>
    item.kind === "message" && item.message.to !== session && item.at < bornAt;
  const all = found.filter((item) => !isEarlier(item));
  const known = new Set(shown);
  return { all, unseen: all.filter(({ key }) => !known.has(key)), earlier: found.length - all.length };
}

/** Remembers which items were shown, so that they are not shown again, and the commit at which no item was left. */
export function noteShown(
  { toolSession, tip }: HookContext,
  { all, unseen }: Pick<ReturnType<typeof newsIn>, "all" | "unseen">,
  now: readonly NewsItem[],
  saidWork = toolSession.recall().saidWork === true,
): void {
  const hidden = new Set(unseen.map(({ key }) => key));
  for (const { key } of now) hidden.delete(key);
  const isCalm = unseen.every((item) => !isPressing(item) || !hidden.has(item.key));
  toolSession.remember({
    ...toolSession.recall(),
    shown: all.map(({ key }) => key).filter((key) => !hidden.has(key)),
    shownAt: hidden.size === 0 ? tip : undefined,
    calmAt: isCalm ? tip : undefined,
    saidWork,
  });
}
