import { isNewFor, mailFor } from "../inbox/mail.ts";
import { isUnread, joinReceipt, type ReadMarks } from "../inbox/read-marks.ts";
import type { Message } from "../messages/message.ts";
import { newestFirst } from "../messages/order.ts";
import type { Collaboration } from "../requests/collaboration.ts";
import { isOpen } from "../requests/moves.ts";
import { isOverdue } from "../requests/overdue.ts";
import { waitsFor } from "../requests/waits-for.ts";
import { presenceOf } from "../sessions/presence.ts";
import type { Snapshot } from "../snapshot.ts";
import type { RequestId, SessionId } from "../values/ids.ts";
import type { Instant } from "../values/instant.ts";
import { inOrderOf } from "../values/order.ts";

/** What a session waits for, with the word of the command line that named it. */
export type Awaited =
  /** A request that this session has to answer. */
  | { readonly kind: "any request"; readonly word: string }
  /** This request was answered, or has ended if `untilEnded` is set. */
  | { readonly kind: "request"; readonly word: string; readonly id: RequestId; readonly untilEnded: boolean }
  /** A message in this session's inbox that it has not read. */
  | { readonly kind: "any message"; readonly word: string; readonly from: SessionId | undefined }
  /** A reply to this message, or the answer to this question that a session asked its human. */
  | { readonly kind: "reply"; readonly word: string; readonly id: string }
  /** This session is alive. */
  | { readonly kind: "session"; readonly word: string; readonly id: SessionId };

export type Happening =
  | {
      readonly kind: "request";
      readonly for: string;
      readonly at: Instant;
      readonly collaboration: Collaboration;
    }
  | { readonly kind: "message"; readonly for: string; readonly at: Instant; readonly message: Message }
  | { readonly kind: "session"; readonly for: string; readonly at: Instant; readonly session: SessionId };

/** The waiting session, and what its inbox has shown and it has read. */
export interface Waiter {
  readonly session: SessionId | undefined;
  readonly marks: ReadMarks;
}

type State = Pick<
  Snapshot,
  "settings" | "sessions" | "heartbeats" | "collaborations" | "archived" | "messages"
>;

/** The first awaited event that has happened in a state, in the order of the command line; undefined if none has. */
export function findFirstHappening(
  state: State,
  awaited: readonly Awaited[],
  waiter: Waiter,
  now: Instant,
): Happening | undefined {
  for (const each of awaited) {
    const happening = findHappening(state, each, waiter, now);
    if (happening !== undefined) return happening;
  }
  return undefined;
}

function findHappening(state: State, awaited: Awaited, waiter: Waiter, now: Instant): Happening | undefined {
  switch (awaited.kind) {
    case "request":
      return reportRequest(awaited.word, findAnswered(state, awaited.id, awaited.untilEnded));
    case "any request":
      return reportRequest(awaited.word, findUnanswered(state, waiter, now));
    case "any message":
      return reportMessage(awaited.word, findUnread(state, waiter, awaited.from));
    case "reply":
      return reportMessage(awaited.word, findReply(state, awaited.id));
    case "session":
      return reportSession(state, awaited.word, awaited.id, now);
  }
}

function findAnswered({ collaborations, archived }: State, id: RequestId, untilEnded: boolean) {
  const request = collaborations.get(id) ?? archived.get(id);
  const isReached = request && (untilEnded ? !isOpen(request) : request.status !== "pending");
  return isReached ? request : undefined;
}

/** The oldest request that waits for the answer of the waiting session, and whose deadline has not passed. */
function findUnanswered(state: State, { session }: Waiter, now: Instant): Collaboration | undefined {
  if (session === undefined) return undefined;
  return [...state.collaborations.values()]
    .filter((request) => waitsFor(request, session, state, now) && !isOverdue(request, state.settings, now))
    .sort(inOrderOf(({ request_id }) => request_id))[0];
}

/** The oldest message that is unread for the waiting session. */
function findUnread(
  state: State,
  { session, marks }: Waiter,
  from: SessionId | undefined,
): Message | undefined {
  if (session === undefined) return undefined;
  const joined = joinReceipt(marks, state.sessions.get(session));
  return mailFor(state, session)
    .filter(isNewFor(state, session))
    .filter((message) => isUnread(joined, message.id) && (from === undefined || message.from === from))
    .sort(newestFirst)
    .at(-1);
}

/** The first reply by a session other than the message's author, or the first answer to a question to a human. */
function findReply({ messages }: State, id: string): Message | undefined {
  const author = messages.find((message) => message.id === id)?.from;
  return messages
    .filter(({ reply_to, answers, from }) => (reply_to === id || answers === id) && from !== author)
    .sort(newestFirst)
    .at(-1);
}

function reportRequest(word: string, collaboration: Collaboration | undefined): Happening | undefined {
  return collaboration && { kind: "request", for: word, at: collaboration.updated_at, collaboration };
}

function reportMessage(word: string, message: Message | undefined): Happening | undefined {
  return message && { kind: "message", for: word, at: message.sent_at, message };
}

function reportSession(state: State, word: string, session: SessionId, now: Instant): Happening | undefined {
  const heartbeat = state.heartbeats.get(session);
  if (!heartbeat || presenceOf(heartbeat, now, state.settings) !== "alive") return undefined;
  return { kind: "session", for: word, at: heartbeat.last_heartbeat, session };
}
