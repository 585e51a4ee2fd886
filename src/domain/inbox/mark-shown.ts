import { requestAnnouncements } from "../messages/find.ts";
import type { Message } from "../messages/message.ts";
import type { Collaboration } from "../requests/collaboration.ts";
import { isOpen } from "../requests/moves.ts";
import type { Snapshot } from "../snapshot.ts";
import type { SessionId, Ulid } from "../values/ids.ts";
import { isNewFor, mailFor } from "./mail.ts";
import { isUnread, type ReadMarks, readEnds, show } from "./read-marks.ts";

interface Shown {
  readonly messages: readonly Message[];
  readonly requests: readonly Collaboration[];
  /** The session's own requests. */
  readonly asked?: readonly Collaboration[];
  /** Requests that the session had and others cancelled. */
  readonly cancelled?: readonly Collaboration[];
}

/**
 * A session's marks after its inbox has shown messages and requests. `reads` tells whether they count as read or stay
 * unread.
 */
export function markShown(
  state: Pick<Snapshot, "messages" | "sessions" | "collaborations">,
  session: SessionId,
  marks: ReadMarks,
  { messages, requests, asked = [], cancelled = [] }: Shown,
  reads: boolean,
): ReadMarks {
  const announcements = requests.flatMap((request) => announcementOf(state, request) ?? []);
  const isNew = isNewFor(state, session);
  const mail = mailFor(state, session).filter(isNew);
  const all = [...mail.map(({ id }) => id), ...announcements];
  const unread = [...new Set(all)].filter((id) => isUnread(marks, id));
  const after = show(marks, [...messages.map(({ id }) => id), ...announcements], unread, reads);
  const ended = reads ? [...asked, ...cancelled].filter((request) => !isOpen(request)) : [];
  return readEnds(
    after,
    ended.map(({ request_id }) => request_id),
  );
}

/**
 * Whether a request is unread. It is read with the message that announced it; if that message is unknown, the request
 * stays unread until it is answered.
 */
export function isUnreadRequest(
  state: Pick<Snapshot, "messages">,
  marks: ReadMarks,
  request: Collaboration,
): boolean {
  const id = announcementOf(state, request);
  return id === undefined || isUnread(marks, id);
}

/** The id of the message that announced a request; undefined if it is unknown. */
function announcementOf({ messages }: Pick<Snapshot, "messages">, request: Collaboration): Ulid | undefined {
  const { request_id, message_id } = request;
  return message_id ?? requestAnnouncements(messages, (each) => each === request_id)[0]?.id;
}
