import type { Message } from "./message.ts";

/** Newest first; the id breaks a tie, so every reader has the same order. */
export function newestFirst(a: Message, b: Message): number {
  return Date.parse(b.sent_at) - Date.parse(a.sent_at) || (a.id < b.id ? 1 : -1);
}
