import type { Message } from "./message.ts";

/** Whether a message to all only announces an open request; the sessions that can accept it see it as that request. */
export function isAnnouncement(message: Message): boolean {
  return message.to === "all" && message.request_id !== undefined && !isImported(message);
}

/** What the subject of the message begins with that announces a request, or a handover. Its id follows. */
export type Announced = "Request" | "Handoff";

/** The subject of the message that announces a request. */
export function announcingSubject(what: Announced, request: string): string {
  return `${what} ${request}`;
}

/** The id of the request that a message announced; undefined for any other, also for a later notice about a request. */
export function announcedBy(message: Message): string | undefined {
  const { subject, request_id } = message;
  if (request_id === undefined || isImported(message)) return undefined;
  const subjects = (["Request", "Handoff"] as const).map((what) => announcingSubject(what, request_id));
  return subjects.some((each) => each === subject) ? request_id : undefined;
}

/** Whether `hive import` wrote a record unchanged. The old tools did not follow the rules, so the rules do not apply. */
export function isImported(value: object): boolean {
  return Object.keys(value).some((key) => key.startsWith("seed_"));
}
