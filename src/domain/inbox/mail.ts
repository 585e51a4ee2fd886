import { announcedBy, isAnnouncement } from "../messages/announcement.ts";
import { threadOf } from "../messages/find.ts";
import type { Message } from "../messages/message.ts";
import { oldestFirst } from "../messages/order.ts";
import { isVoid } from "../requests/handover.ts";
import type { Snapshot } from "../snapshot.ts";
import type { RequestId, SessionId, Ulid } from "../values/ids.ts";
import { secondsBetween } from "../values/time.ts";
import { isTopic } from "../values/topic.ts";

type State = Pick<Snapshot, "messages" | "sessions">;

/** What tells which messages can be unread. */
type NewState = Pick<Snapshot, "sessions" | "collaborations">;

/**
 * The messages of other sessions for a session's inbox: to the session or to all, about a topic that it follows, and
 * in conversations that it follows or has written in. Muted messages are left out, except urgent messages to the
 * session itself. Messages that only announce a request open to many are left out too.
 */
export function mailFor({ messages, sessions }: State, session: SessionId): Message[] {
  const profile = sessions.get(session);
  const follows = new Set<string>(profile?.follows);
  const mutes = new Set<string>(profile?.mutes);
  const own = new Set(messages.filter(({ from }) => from === session).map(threadOf));
  const isFor = (message: Message) => {
    const { to } = message;
    if (to === session || to === "all") return true;
    const thread = threadOf(message);
    return follows.has(to) || follows.has(thread) || (isTopic(to) && own.has(thread));
  };
  const isMuted = (message: Message) => {
    if (message.to === session && message.priority === "urgent") return false;
    return [message.from, message.to, threadOf(message)].some((each) => mutes.has(each));
  };
  // Only git-hive writes to a session in its own name: that somebody took the name over.
  const isMail = (each: Message) => (each.from !== session || each.to === session) && !isAnnouncement(each);
  return messages.filter((each) => isMail(each) && isFor(each) && !isMuted(each));
}

/**
 * How long before its registration a session's messages to all and to topics still count as unread: one day. Older
 * messages were not meant for a new session.
 */
const BEFORE_REGISTRATION_SECONDS = 86_400;

/**
 * Returns a test whether a message can be unread for a session. Older messages, and those that announced a request that
 * waits for no answer any more, are shown only by `inbox --all`.
 */
export function isNewFor(
  { sessions, collaborations }: NewState,
  session: SessionId,
): (message: Message) => boolean {
  const registeredAt = sessions.get(session)?.registered_at;
  const isLate = ({ to, sent_at }: Message) =>
    to === session ||
    registeredAt === undefined ||
    secondsBetween(sent_at, registeredAt) < BEFORE_REGISTRATION_SECONDS;
  return (message) => isLate(message) && !isMoot(message, { collaborations });
}

/** Whether a message announced a request that was answered, ended or archived since, or a handover that is void. */
function isMoot(message: Message, state: Pick<NewState, "collaborations">): boolean {
  const announced = announcedBy(message);
  if (announced === undefined) return false;
  const request = state.collaborations.get(announced as RequestId);
  return request?.status !== "pending" || isVoid(request, state);
}

/**
 * The unanswered questions to this session and from it, oldest first. Any later message of the addressee in the same
 * conversation is an answer. Any session may answer a question to a topic.
 */
export function unanswered({ messages }: State, session: SessionId, mail: readonly Message[]): Message[] {
  const isMail = new Set<Ulid>(mail.map(({ id }) => id));
  return openQuestions(messages)
    .filter((ask) => ask.from === session || (ask.to === session && isMail.has(ask.id)))
    .sort(oldestFirst);
}

/** The questions that have no answer yet. */
export function openQuestions(messages: readonly Message[]): Message[] {
  const answered = answeredQuestions(messages);
  return messages.filter(({ intent, id }) => intent === "ask" && !answered.has(id));
}

/** The ids of the questions that have an answer. */
export function answeredQuestions(messages: readonly Message[]): Set<Ulid> {
  const asks = messages.filter(({ intent }) => intent === "ask");
  return new Set(asks.filter((ask) => messages.some((other) => isAnswer(other, ask))).map(({ id }) => id));
}

function isAnswer(message: Message, ask: Message): boolean {
  // A direct reply is an answer even if the clocks of the two hosts disagree.
  if (message.reply_to !== ask.id && (message.id <= ask.id || threadOf(message) !== threadOf(ask)))
    return false;
  return isTopic(ask.to) ? message.from !== ask.from : message.from === ask.to;
}
