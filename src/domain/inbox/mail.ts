import { isAnnouncement } from "../messages/announcement.ts";
import { threadOf } from "../messages/find.ts";
import type { Message } from "../messages/message.ts";
import { oldestFirst } from "../messages/order.ts";
import type { Snapshot } from "../snapshot.ts";
import type { SessionId, Ulid } from "../values/ids.ts";
import { secondsBetween } from "../values/time.ts";
import { isTopic } from "../values/topic.ts";

type State = Pick<Snapshot, "messages" | "sessions">;

/**
 * The messages of others that belong in a session's inbox: to it or to all, about a topic it follows, and of
 * conversations that it follows or has a word in. What it muted is left out, but never an urgent one to itself; and so
 * is what only tells of a request that is open to many.
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
  const isMail = (each: Message) => each.from !== session && !isAnnouncement(each);
  return messages.filter((each) => isMail(each) && isFor(each) && !isMuted(each));
}

/** A session that comes to a hub has not missed what was said to others and to all long before. */
const BEFORE_SECONDS = 86_400;

/** Whether a message can be unread for a session: what it would have to catch up with otherwise is its `--all`. */
export function isNewFor({ sessions }: State, session: SessionId): (message: Message) => boolean {
  const came = sessions.get(session)?.registered_at;
  return ({ to, sent_at }) =>
    to === session || came === undefined || secondsBetween(sent_at, came) < BEFORE_SECONDS;
}

/**
 * What was asked and has no answer yet, oldest first: of this session, and by it. Anything that was said after in the
 * same conversation by whoever was asked is an answer; what was asked of a topic anybody may answer.
 */
export function unanswered({ messages }: State, session: SessionId, mail: readonly Message[]): Message[] {
  const isMail = new Set<Ulid>(mail.map(({ id }) => id));
  return messages
    .filter(({ intent }) => intent === "ask")
    .filter((ask) => ask.from === session || (ask.to === session && isMail.has(ask.id)))
    .filter((ask) => !messages.some((other) => isAnswer(other, ask)))
    .sort(oldestFirst);
}

function isAnswer(message: Message, ask: Message): boolean {
  // An answer to it is one whatever the clocks say.
  if (message.reply_to !== ask.id && (message.id <= ask.id || threadOf(message) !== threadOf(ask)))
    return false;
  return isTopic(ask.to) ? message.from !== ask.from : message.from === ask.to;
}
