import type { Refusal } from "../refusal.ts";
import type { Ulid } from "../values/ids.ts";
import type { Message } from "./message.ts";
import { oldestFirst } from "./order.ts";
import { ambiguousMessage, unknownMessage } from "./refusals.ts";

/**
 * The message that an id means, or the start of one in any case; of a request, the message that told it. Refused
 * where none does, or more than one.
 */
export function findMessage(messages: readonly Message[], id: string): { message: Message } | Refusal {
  const isRequest = /^collab-/i.test(id);
  const prefix = isRequest ? id.toLowerCase() : id.toUpperCase();
  const found = isRequest
    ? tellers(messages, prefix)
    : messages.filter((message) => message.id.startsWith(prefix));
  const exact = found.find((message) => message.id === prefix || message.request_id === prefix);
  const [first, second] = exact ? [exact] : found;
  if (!first) return unknownMessage(id);
  return second ? ambiguousMessage(id, found) : { message: first };
}

/** The messages that told requests: the first that names each, for there can be a notice of its end too. */
export function tellers(messages: readonly Message[], prefix: string): Message[] {
  const first = new Map<string, Message>();
  for (const message of messages) {
    const { id, request_id } = message;
    if (request_id?.startsWith(prefix) !== true) continue;
    const known = first.get(request_id);
    if (known === undefined || id < known.id) first.set(request_id, message);
  }
  return [...first.values()];
}

/** The id of the first message of a conversation, from any message of it. */
export function threadOf({ thread, id }: Message): Message["id"] {
  return thread ?? id;
}

/** As much of an id as tells it from the others, and so can be typed: the time it was made, and more where that is shared. */
export function shortId(id: string, others: Iterable<string>): string {
  let length = TIME_LENGTH;
  for (const other of others) {
    if (other === id) continue;
    while (length < id.length && other.startsWith(id.slice(0, length))) length++;
  }
  return id.slice(0, length);
}

const TIME_LENGTH = 10;

/** A conversation, oldest message first. */
export function thread(messages: readonly Message[], first: Ulid): Message[] {
  return messages.filter((message) => threadOf(message) === first).sort(oldestFirst);
}
