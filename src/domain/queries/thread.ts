import { threadOf } from "../find-message.ts";
import type { Ulid } from "../ids.ts";
import type { Message } from "../message.ts";
import { oldestFirst } from "./mail.ts";

/** A conversation, oldest message first. */
export function thread(messages: readonly Message[], first: Ulid): Message[] {
  return messages.filter((message) => threadOf(message) === first).sort(oldestFirst);
}
