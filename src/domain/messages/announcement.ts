import type { Message } from "./message.ts";

/** Whether a message to all only tells of a request that is open to many: it is shown as that request, to whom it may concern. */
export function isAnnouncement(message: Message): boolean {
  return message.to === "all" && message.request_id !== undefined && !isImported(message);
}

/** Where `hive import` put something as it was found: the old tools kept no order that the rules could ask for. */
export function isImported(value: object): boolean {
  return Object.keys(value).some((key) => key.startsWith("seed_"));
}
