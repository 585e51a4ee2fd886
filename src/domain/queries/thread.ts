import { threadOf } from "../messages/find.ts";
import type { Message } from "../messages/message.ts";
import { oldestFirst } from "../messages/order.ts";
import type { Ulid } from "../values/ids.ts";

/** A conversation, oldest message first. */
export function thread(messages: readonly Message[], first: Ulid): Message[] {
  return messages.filter((message) => threadOf(message) === first).sort(oldestFirst);
}
