import type { Message } from "../messages/message.ts";
import { newestFirst } from "../messages/order.ts";
import type { Collaboration } from "../requests/collaboration.ts";
import { isOpen } from "../requests/moves.ts";
import { presenceOf } from "../sessions/presence.ts";
import type { Profile } from "../sessions/session.ts";
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
  /** A message to this session that the session does not know yet. */
  | { readonly kind: "any message"; readonly word: string; readonly from: SessionId | undefined }
  /** A reply to this message. */
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

/** The waiting session, and the messages that existed when the wait began. */
export interface Waiter {
  readonly session: SessionId | undefined;
  readonly known: ReadonlySet<string>;
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
      return reportRequest(awaited.word, findUnanswered(state, waiter));
    case "any message":
      return reportMessage(awaited.word, findNew(state, waiter, awaited.from));
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

/**
 * The oldest pending request that is addressed to the waiting session, or open to sessions with a skill that it
 * offers.
 */
function findUnanswered({ collaborations, sessions }: State, { session }: Waiter): Collaboration | undefined {
  const profile = session && sessions.get(session);
  return [...collaborations.values()]
    .filter(({ status, from_session }) => status === "pending" && from_session !== session)
    .filter((request) => request.to_session === session || (profile && isOpenTo(request, profile)))
    .sort(inOrderOf(({ request_id }) => request_id))[0];
}

function isOpenTo({ to_session, to_capability }: Collaboration, profile: Profile): boolean {
  const offered: readonly unknown[] = [...profile.specialization, ...profile.capabilities_offered];
  return to_session === null && (to_capability === undefined || offered.includes(to_capability));
}

/** The oldest new message to the waiting session: by its id, to all, or to a topic that it follows. */
function findNew(
  { messages, sessions }: State,
  { session, known }: Waiter,
  from: SessionId | undefined,
): Message | undefined {
  const profile = session && sessions.get(session);
  const muted = listOf(profile?.mutes);
  const topics = listOf(profile?.follows).filter((topic) => !muted.includes(topic));
  const recipients = [session, "all", ...topics];
  return messages
    .filter((message) => message.from !== session && (from === undefined || message.from === from))
    .filter(({ id, to }) => !known.has(id) && recipients.includes(to))
    .sort(newestFirst)
    .at(-1);
}

function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

/** The first reply by a session other than the message's author. */
function findReply({ messages }: State, id: string): Message | undefined {
  const author = messages.find((message) => message.id === id)?.from;
  return messages
    .filter((message) => message.reply_to === id && message.from !== author)
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
