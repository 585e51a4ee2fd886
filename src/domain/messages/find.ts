import type { Refusal } from "../refusal.ts";
import type { Ulid } from "../values/ids.ts";
import { isReference } from "../values/reference.ts";
import type { Message } from "./message.ts";
import { oldestFirst } from "./order.ts";
import { ambiguousMessage, unknownMessage } from "./refusals.ts";

/**
 * The message that an id names, or a start or end of an id, in upper or lower case. For a request's id, the message that
 * announced the request. Refused when no message or more than one matches.
 */
export function findMessage(messages: readonly Message[], id: string): { message: Message } | Refusal {
  const announced = requestAnnouncements(messages, (request) => isReference(id, request));
  const found = [...new Set([...messages.filter((message) => isReference(id, message.id)), ...announced])];
  const exact =
    found.find((message) => message.id === id.toUpperCase()) ??
    announced.find(({ request_id }) => request_id === id.toLowerCase());
  const [first, second] = exact ? [exact] : found;
  if (!first) return unknownMessage(id);
  return second ? ambiguousMessage(id, found) : { message: first };
}

/** The messages that announced requests: the first that names each, because a later one can announce its end. */
export function requestAnnouncements(
  messages: readonly Message[],
  isNamed: (request: string) => boolean,
): Message[] {
  const first = new Map<string, Message>();
  for (const message of messages) {
    const { id, request_id } = message;
    if (request_id === undefined || !isNamed(request_id)) continue;
    const known = first.get(request_id);
    if (known === undefined || id < known.id) first.set(request_id, message);
  }
  return [...first.values()];
}

/** The id of the first message of a conversation, from any message of it. */
export function threadOf({ thread, id }: Message): Message["id"] {
  return thread ?? id;
}

/** The shortest unambiguous start of an id, for users to type: its time, and more if other ids share that. */
export function shortId(id: string, others: Iterable<string>): string {
  let length = ULID_TIME_LENGTH;
  for (const other of others) {
    if (other === id) continue;
    while (length < id.length && other.startsWith(id.slice(0, length))) length++;
  }
  return id.slice(0, length);
}

/** Characters of a ULID that encode its time. */
const ULID_TIME_LENGTH = 10;

/** The messages of a conversation, oldest first. */
export function thread(messages: readonly Message[], first: Ulid): Message[] {
  return messages.filter((message) => threadOf(message) === first).sort(oldestFirst);
}
