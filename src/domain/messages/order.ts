import type { Urgency } from "../values/urgency.ts";
import type { Message } from "./message.ts";

type Key = Pick<Message, "id" | "sent_at">;

/** Newest first; the id breaks a tie, so every reader has the same order. */
export function newestFirst(a: Key, b: Key): number {
  return Date.parse(b.sent_at) - Date.parse(a.sent_at) || (a.id < b.id ? 1 : -1);
}

const ORDER: Readonly<Record<Urgency, number>> = { urgent: 0, high: 1, normal: 2 };

/** Urgent ones first, then high ones; of each the oldest first, for it has waited longest. */
export function mostUrgentFirst(a: Message, b: Message): number {
  return ORDER[a.priority] - ORDER[b.priority] || oldestFirst(a, b);
}

export function oldestFirst(a: Pick<Message, "id" | "sent_at">, b: Pick<Message, "id" | "sent_at">): number {
  return Date.parse(a.sent_at) - Date.parse(b.sent_at) || (a.id < b.id ? -1 : 1);
}
