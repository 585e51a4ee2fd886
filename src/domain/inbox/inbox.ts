import type { Message } from "../messages/message.ts";
import { mostUrgentFirst, newestFirst } from "../messages/order.ts";
import type { Collaboration } from "../requests/collaboration.ts";
import { isVoid } from "../requests/handover.ts";
import { isHeldBy } from "../requests/holder.ts";
import { isOpen } from "../requests/moves.ts";
import { isOverdue } from "../requests/overdue.ts";
import { type Receipt, receiptOf } from "../requests/receipt.ts";
import { waitsFor } from "../requests/waits-for.ts";
import type { Snapshot } from "../snapshot.ts";
import type { SessionId } from "../values/ids.ts";
import type { Instant } from "../values/instant.ts";
import { inOrderOf, URGENCY_RANK } from "../values/order.ts";
import { secondsBetween } from "../values/time.ts";
import { cancelledFor, ENDED_REQUEST_SECONDS } from "./cancelled.ts";
import { isNewFor, mailFor, unanswered } from "./mail.ts";
import { isUnreadRequest } from "./mark-shown.ts";
import { isEndRead, isUnread, type ReadMarks } from "./read-marks.ts";

/** A request that this session made. While it has no answer, it also has its receipt: which sessions have seen it. */
export type Asked = Dated & { readonly seen?: boolean; readonly receipt?: Receipt };

/** A request; `overdue` where it is pending and its deadline has passed, so that it can no longer be accepted. */
export type Dated = Collaboration & { readonly overdue?: true };

export interface InboxView {
  readonly session: SessionId;
  /** Unread messages to this session, most urgent first; or all messages to it, newest first. */
  readonly messages: readonly Message[];
  /**
   * Pending requests that wait for this session's answer, most urgent first and then newest first, because an older one was
   * there to be seen before: addressed to it, or open to sessions with a skill that it offers.
   */
  readonly requests: readonly Dated[];
  /** Requests that this session has accepted and that have not ended, most urgent first and then newest first. */
  readonly held: readonly Collaboration[];
  /** Requests that this session made: the open ones, and those that ended in the last week and whose end is not read. */
  readonly asked: readonly Asked[];
  /** Requests that this session had and that others cancelled in the last week, until it has read that. */
  readonly cancelled: readonly Collaboration[];
  /** Questions from and to this session that have no answer yet, newest first. */
  readonly unanswered: readonly Message[];
  /** The number of unread messages and requests. */
  readonly unread: number;
}

type State = Pick<Snapshot, "settings" | "messages" | "collaborations" | "sessions">;

/**
 * A session's inbox. The message that announces a request in the inbox is left out, because the request itself is
 * there.
 */
export function inbox(
  state: State,
  session: SessionId,
  marks: ReadMarks,
  now: Instant,
  showsRead = false,
): InboxView {
  const all = [...state.collaborations.values()].sort(inOrderOf(({ request_id }) => request_id));
  const isNewEnd = ({ request_id, updated_at }: Collaboration) =>
    secondsBetween(updated_at, now) < ENDED_REQUEST_SECONDS && (showsRead || !isEndRead(marks, request_id));
  const dated = (request: Collaboration): Dated =>
    isOverdue(request, state.settings, now) ? { ...request, overdue: true } : request;
  const byNeed = all.toReversed().sort((a, b) => URGENCY_RANK[a.urgency] - URGENCY_RANK[b.urgency]);
  const requests = byNeed.filter((each) => waitsFor(each, session, state, now)).map(dated);
  const shown = new Set<string>(requests.map(({ request_id }) => request_id));
  const mail = mailFor(state, session);
  const messages = mail.filter(({ request_id }) => request_id === undefined || !shown.has(request_id));
  const isNew = isNewFor(state, session);
  const unread = messages.filter((each) => isNew(each) && isUnread(marks, each.id));
  return {
    session,
    messages: showsRead ? messages.sort(newestFirst) : unread.sort(mostUrgentFirst),
    requests,
    held: byNeed.filter((each) => isHeldBy(each, session)),
    asked: all
      .filter(
        (each) => each.from_session === session && (isOpen(each) ? !isVoid(each, state) : isNewEnd(each)),
      )
      .map((each) => withReceipt(dated(each), receiptOf(each, state, now))),
    cancelled: cancelledFor(state, session, marks, now, showsRead),
    unanswered: unanswered(state, session, mail).sort(newestFirst),
    unread: unread.length + requests.filter((each) => isUnreadRequest(state, marks, each)).length,
  };
}

function withReceipt(request: Dated, receipt: Receipt | undefined): Asked {
  return receipt === undefined ? request : { ...request, seen: receipt.seen_by.length > 0, receipt };
}
