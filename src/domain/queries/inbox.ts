import { isAnnouncement } from "../announcement.ts";
import type { Collaboration } from "../collaboration.ts";
import type { SessionId } from "../ids.ts";
import type { Instant } from "../instant.ts";
import type { Message } from "../message.ts";
import { isOpen } from "../moves.ts";
import { newestFirst } from "../newest-first.ts";
import type { Snapshot } from "../snapshot.ts";
import { secondsBetween } from "../time.ts";
import { type Receipt, receiptOf } from "./receipt.ts";
import { waitsFor } from "./waits-for.ts";

/** A request of one's own; while nobody has answered it, who has seen it. */
export type Asked = Collaboration & { readonly seen?: boolean; readonly receipt?: Receipt };

export interface InboxView {
  readonly session: SessionId;
  /** To this session or to all, not from it, newest first. */
  readonly messages: readonly Message[];
  /** Pending, and addressed to this session or to whoever offers what it offers, oldest first: these wait for an answer. */
  readonly requests: readonly Collaboration[];
  /** Requests this session made itself: open ones, and what ended in the last week. */
  readonly asked: readonly Asked[];
  readonly unread: number;
}

/** How long a request that has ended is still told to who made it. */
const RECENT_SECONDS = 604_800;

/** What is addressed to a session. A request shows as a request, so its message is left out. */
export function inbox(
  state: Pick<Snapshot, "messages" | "collaborations" | "sessions">,
  session: SessionId,
  limit: number,
  now: Instant,
): InboxView {
  const all = [...state.collaborations.values()].sort((a, b) => (a.request_id < b.request_id ? -1 : 1));
  const isRecent = ({ updated_at }: Collaboration) => secondsBetween(updated_at, now) < RECENT_SECONDS;
  const requests = all.filter((each) => waitsFor(each, session, state, now));
  const shown = new Set<string>(requests.map(({ request_id }) => request_id));
  const messages = state.messages
    .filter(({ from, to }) => from !== session && (to === session || to === "all"))
    .filter((message) => !isAnnouncement(message))
    .filter(({ request_id }) => request_id === undefined || !shown.has(request_id))
    .sort(newestFirst);
  return {
    session,
    messages: messages.slice(0, limit),
    requests,
    asked: all
      .filter((each) => each.from_session === session && (isOpen(each) || isRecent(each)))
      .map((each) => withReceipt(each, receiptOf(each, state, now))),
    unread: messages.length + requests.length,
  };
}

function withReceipt(request: Collaboration, receipt: Receipt | undefined): Asked {
  return receipt === undefined ? request : { ...request, seen: receipt.seen_by.length > 0, receipt };
}
