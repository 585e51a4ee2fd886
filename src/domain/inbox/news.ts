import type { Message } from "../messages/message.ts";
import type { Collaboration } from "../requests/collaboration.ts";
import { isOverdue } from "../requests/overdue.ts";
import { waitsFor } from "../requests/waits-for.ts";
import { wordsOfNotice } from "../requests/words.ts";
import type { Snapshot } from "../snapshot.ts";
import type { SessionId } from "../values/ids.ts";
import type { Instant } from "../values/instant.ts";
import { URGENCY_RANK } from "../values/order.ts";
import type { Urgency } from "../values/urgency.ts";
import { cancelledFor } from "./cancelled.ts";
import { isNewFor, mailFor } from "./mail.ts";
import { isEndRead, isUnread, NO_MARKS, type ReadMarks } from "./read-marks.ts";

/** A piece of news for a session: a request to answer, a change of its own request, the end of one it had, or a message. */
export type NewsItem = {
  /** The permanent key of this item. An item whose key was shown is not news again. */
  readonly key: string;
  readonly urgency: Urgency;
  readonly at: Instant;
} & (
  | { readonly kind: "request"; readonly request: Collaboration }
  | { readonly kind: "answer"; readonly request: Collaboration }
  /** Another session cancelled a request that this session had. */
  | { readonly kind: "cancelled"; readonly request: Collaboration }
  /** `about` has the first words of the request that the message is a notice about; empty for any other message. */
  | { readonly kind: "message"; readonly message: Message; readonly about: string }
);

/**
 * All news for a session that the session has neither been shown nor read, most urgent first, then newest. The rules
 * for messages are those of the inbox.
 */
export function newsFor(
  state: Pick<Snapshot, "settings" | "messages" | "collaborations" | "sessions">,
  session: SessionId,
  now: Instant,
  shown: ReadonlySet<string>,
  marks: ReadMarks = NO_MARKS,
): NewsItem[] {
  const requests = [...state.collaborations.values()];
  const waiting = requests.filter(
    (each) => waitsFor(each, session, state, now) && !isOverdue(each, state.settings, now),
  );
  const announced = new Set<string>(waiting.map(({ request_id }) => request_id));
  const items: NewsItem[] = [
    ...waiting.map((request) => aboutRequest("request", request)),
    ...requests
      .filter((each) => isAnswer(each, session) && !isEndRead(marks, each.request_id))
      .map((request) => aboutRequest("answer", request)),
    ...cancelledFor(state, session, marks, now).map((request) => aboutRequest("cancelled", request)),
    ...mailFor(state, session)
      .filter(isNewFor(state, session))
      .filter(({ id, request_id }) => isUnread(marks, id) && !announced.has(request_id ?? ""))
      .map((message) => aboutMessage(message, state.collaborations)),
  ];
  return items.filter(({ key }) => !shown.has(key)).sort(mostUrgentFirst);
}

function aboutRequest(kind: "request" | "answer" | "cancelled", request: Collaboration): NewsItem {
  const { request_id, status, urgency, updated_at } = request;
  return { kind, key: `${request_id}:${status}`, urgency, at: updated_at, request };
}

function aboutMessage(message: Message, requests: Snapshot["collaborations"]): NewsItem {
  const { id, priority, sent_at } = message;
  const about = wordsOfNotice(message, requests);
  return { kind: "message", key: id, urgency: priority, at: sent_at, message, about };
}

/** Whether another session made the last change to a request of this session. */
function isAnswer({ from_session, status, history }: Collaboration, session: SessionId): boolean {
  return from_session === session && status !== "pending" && history.at(-1)?.session !== session;
}

function mostUrgentFirst(a: NewsItem, b: NewsItem): number {
  const byUrgency = URGENCY_RANK[a.urgency] - URGENCY_RANK[b.urgency];
  return byUrgency || (a.at < b.at ? 1 : a.at > b.at ? -1 : a.key < b.key ? 1 : -1);
}

/** Whether a session should not stop before it has seen an item: an urgent one, or the answer to what it asked its human. */
export function isPressing(item: NewsItem): boolean {
  return item.urgency === "urgent" || (item.kind === "message" && item.message.answers !== undefined);
}
