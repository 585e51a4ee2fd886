import { compareTexts, URGENCY_RANK } from "../values/order.ts";
import type { Message } from "./message.ts";

type Key = Pick<Message, "id" | "sent_at">;

/** Newest first. The id breaks a tie, so that every host has the same order. */
export function newestFirst(a: Key, b: Key): number {
  return Date.parse(b.sent_at) - Date.parse(a.sent_at) || compareTexts(b.id, a.id);
}

/** Urgent first, then high, then normal; within each the oldest first, because it has waited longest. */
export function mostUrgentFirst(a: Message, b: Message): number {
  return URGENCY_RANK[a.priority] - URGENCY_RANK[b.priority] || oldestFirst(a, b);
}

export function oldestFirst(a: Pick<Message, "id" | "sent_at">, b: Pick<Message, "id" | "sent_at">): number {
  return Date.parse(a.sent_at) - Date.parse(b.sent_at) || compareTexts(a.id, b.id);
}
