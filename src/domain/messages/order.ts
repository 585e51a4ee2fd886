import type { Message } from "./message.ts";

type Key = Pick<Message, "id" | "sent_at">;

/** Newest first; the id breaks a tie, so every reader has the same order. */
export function newestFirst(a: Key, b: Key): number {
  return Date.parse(b.sent_at) - Date.parse(a.sent_at) || (a.id < b.id ? 1 : -1);
}
