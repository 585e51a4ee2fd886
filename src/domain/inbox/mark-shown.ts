import { requestAnnouncements } from "../messages/find.ts";
import type { Message } from "../messages/message.ts";
import type { Collaboration } from "../requests/collaboration.ts";
import type { Snapshot } from "../snapshot.ts";
import type { SessionId, Ulid } from "../values/ids.ts";
import { isNewFor, mailFor } from "./mail.ts";
import { isUnread, type ReadMarks, show } from "./read-marks.ts";

interface Shown {
  readonly messages: readonly Message[];
  readonly requests: readonly Collaboration[];
}

/** A session's marks after some of what is for it was shown, and read or left unread. */
export function markShown(
  state: Pick<Snapshot, "messages" | "sessions">,
  session: SessionId,
  marks: ReadMarks,
  { messages, requests }: Shown,
  reads: boolean,
): ReadMarks {
  const told = requests.flatMap((request) => toldBy(state, request) ?? []);
  const isNew = isNewFor(state, session);
  const mail = mailFor(state, session).filter(isNew);
  const all = [...mail.map(({ id }) => id), ...told];
  const unread = [...new Set(all)].filter((id) => isUnread(marks, id));
  return show(marks, [...messages.map(({ id }) => id), ...told], unread, reads);
}

/** A request is read with the message that told it; where nobody knows that any more, with its answer. */
export function isUnreadRequest(
  state: Pick<Snapshot, "messages">,
  marks: ReadMarks,
  request: Collaboration,
): boolean {
  const id = toldBy(state, request);
  return id === undefined || isUnread(marks, id);
}

/** The message that told a request. */
function toldBy({ messages }: Pick<Snapshot, "messages">, request: Collaboration): Ulid | undefined {
  const { request_id, message_id } = request;
  return (
    message_id ??
    requestAnnouncements(messages, request_id).find((message) => message.request_id === request_id)?.id
  );
}
