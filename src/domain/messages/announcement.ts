import type { Message } from "./message.ts";

/** Whether a message to all only announces an open request; the sessions that can accept it see it as that request. */
export function isAnnouncement(message: Message): boolean {
  return message.to === "all" && message.request_id !== undefined && !isImported(message);
}

/** Whether `hive import` wrote a record unchanged. The old tools did not follow the rules, so the rules do not apply. */
export function isImported(value: object): boolean {
  return Object.keys(value).some((key) => key.startsWith("seed_"));
}
