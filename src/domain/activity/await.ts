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

/** What somebody waits for, with the word they said it by. */
export type Awaited =
  /** A request that waits for an answer of this session's. */
  | { readonly kind: "any request"; readonly word: string }
  /** This request is answered, or has ended. */
  | { readonly kind: "request"; readonly word: string; readonly id: RequestId; readonly untilEnded: boolean }
  /** A message to this session that is not among those it knows. */
  | { readonly kind: "any message"; readonly word: string; readonly from: SessionId | undefined }
  /** A message that answers this one. */
  | { readonly kind: "reply"; readonly word: string; readonly id: string }
  /** This session is there. */
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

/** Who waits, and the messages that were there when the wait began. */
export interface Waiter {
  readonly session: SessionId | undefined;
  readonly known: ReadonlySet<string>;
}

type State = Pick<
  Snapshot,
  "settings" | "sessions" | "heartbeats" | "collaborations" | "archived" | "messages"
>;

/** The first of what is waited for that is so in a state, in the order it was asked for; undefined where none is. */
export function whatHappened(
  state: State,
  awaited: readonly Awaited[],
  waiter: Waiter,
  now: Instant,
): Happening | undefined {
  for (const each of awaited) {
    const happening = look(state, each, waiter, now);
    if (happening !== undefined) return happening;
  }
  return undefined;
}

function look(state: State, awaited: Awaited, waiter: Waiter, now: Instant): Happening | undefined {
  switch (awaited.kind) {
    case "request":
      return tellRequest(awaited.word, findAnswered(state, awaited.id, awaited.untilEnded));
    case "any request":
      return tellRequest(awaited.word, findUnanswered(state, waiter));
    case "any message":
      return tellMessage(awaited.word, findNew(state, waiter, awaited.from));
    case "reply":
      return tellMessage(awaited.word, findReply(state, awaited.id));
    case "session":
      return tellSession(state, awaited.word, awaited.id, now);
  }
}

function findAnswered({ collaborations, archived }: State, id: RequestId, untilEnded: boolean) {
  const request = collaborations.get(id) ?? archived.get(id);
  const isSo = request && (untilEnded ? !isOpen(request) : request.status !== "pending");
  return isSo ? request : undefined;
}

/** The oldest that is addressed to whoever waits; or that nobody has yet, and whoever waits offers what it asks for. */
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

/** The oldest new one to whoever waits: by name, to all, or to a topic they follow. */
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

/** The first reply that is not by whoever wrote the message itself. */
function findReply({ messages }: State, id: string): Message | undefined {
  const author = messages.find((message) => message.id === id)?.from;
  return messages
    .filter((message) => message.reply_to === id && message.from !== author)
    .sort(newestFirst)
    .at(-1);
}

function tellRequest(word: string, collaboration: Collaboration | undefined): Happening | undefined {
  return collaboration && { kind: "request", for: word, at: collaboration.updated_at, collaboration };
}

function tellMessage(word: string, message: Message | undefined): Happening | undefined {
  return message && { kind: "message", for: word, at: message.sent_at, message };
}

function tellSession(state: State, word: string, session: SessionId, now: Instant): Happening | undefined {
  const heartbeat = state.heartbeats.get(session);
  if (!heartbeat || presenceOf(heartbeat, now, state.settings) !== "alive") return undefined;
  return { kind: "session", for: word, at: heartbeat.last_heartbeat, session };
}
