import type { Message } from "../messages/message.ts";
import { mostUrgentFirst, newestFirst } from "../messages/order.ts";
import type { Collaboration } from "../requests/collaboration.ts";
import { isOpen } from "../requests/moves.ts";
import { type Receipt, receiptOf } from "../requests/receipt.ts";
import { waitsFor } from "../requests/waits-for.ts";
import type { Snapshot } from "../snapshot.ts";
import type { SessionId } from "../values/ids.ts";
import type { Instant } from "../values/instant.ts";
import { inOrderOf } from "../values/order.ts";
import { secondsBetween } from "../values/time.ts";
import { isNewFor, mailFor, unanswered } from "./mail.ts";
import { isUnreadRequest } from "./mark-shown.ts";
import { isUnread, type ReadMarks } from "./read-marks.ts";

/** A request of one's own; while nobody has answered it, who has seen it. */
export type Asked = Collaboration & { readonly seen?: boolean; readonly receipt?: Receipt };

export interface InboxView {
  readonly session: SessionId;
  /** Unread ones for this session, the most urgent first; or all there are, newest first. */
  readonly messages: readonly Message[];
  /** Pending, and addressed to this session or to whoever offers what it offers, oldest first: these wait for an answer. */
  readonly requests: readonly Collaboration[];
  /** Requests this session made itself: open ones, and what ended in the last week. */
  readonly asked: readonly Asked[];
  /** Messages of this session and to it that ask something and have no answer yet, oldest first. */
  readonly unanswered: readonly Message[];
  /** Messages and requests that were not read yet. */
  readonly unread: number;
}

type State = Pick<Snapshot, "messages" | "collaborations" | "sessions">;

/** How long a request that has ended is still told to who made it. */
const RECENT_SECONDS = 604_800;

/** What is addressed to a session and not read. A request shows as a request, so its message is left out. */
export function inbox(
  state: State,
  session: SessionId,
  marks: ReadMarks,
  now: Instant,
  showsRead = false,
): InboxView {
  const all = [...state.collaborations.values()].sort(inOrderOf(({ request_id }) => request_id));
  const isRecent = ({ updated_at }: Collaboration) => secondsBetween(updated_at, now) < RECENT_SECONDS;
  const requests = all.filter((each) => waitsFor(each, session, state, now));
  const shown = new Set<string>(requests.map(({ request_id }) => request_id));
  const mail = mailFor(state, session);
  const messages = mail.filter(({ request_id }) => request_id === undefined || !shown.has(request_id));
  const isNew = isNewFor(state, session);
  const unread = messages.filter((each) => isNew(each) && isUnread(marks, each.id));
  return {
    session,
    messages: showsRead ? messages.sort(newestFirst) : unread.sort(mostUrgentFirst),
    requests,
    asked: all
      .filter((each) => each.from_session === session && (isOpen(each) || isRecent(each)))
      .map((each) => withReceipt(each, receiptOf(each, state, now))),
    unanswered: unanswered(state, session, mail),
    unread: unread.length + requests.filter((each) => isUnreadRequest(state, marks, each)).length,
  };
}

function withReceipt(request: Collaboration, receipt: Receipt | undefined): Asked {
  return receipt === undefined ? request : { ...request, seen: receipt.seen_by.length > 0, receipt };
}
