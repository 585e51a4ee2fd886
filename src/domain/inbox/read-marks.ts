import type { Profile, ReadCursor } from "../sessions/session.ts";
import type { RequestId, Ulid } from "../values/ids.ts";
import { isRead, mark, mergeCursors, NOTHING_READ } from "./read-cursor.ts";

/** The read marks of one session on this host. */
export interface ReadMarks {
  /** Messages shown by an inbox on any host: the receipt that goes to the hub. */
  readonly seen: ReadCursor;
  /** Messages shown on this host and left unread. */
  readonly kept: readonly Ulid[];
  /** The requests that the session made, or had, and whose end was read on this host. */
  readonly ended?: readonly RequestId[] | undefined;
}

/** Most requests whose end is kept as read. Their ends leave the inbox after a week in any case. */
const MAX_ENDED = 500;

export function isEndRead({ ended = [] }: ReadMarks, id: RequestId): boolean {
  return ended.includes(id);
}

/** The marks after the ends of some requests were read. */
export function readEnds(marks: ReadMarks, ids: readonly RequestId[]): ReadMarks {
  const ended = [...new Set([...(marks.ended ?? []), ...ids])];
  return ended.length === 0 ? marks : { ...marks, ended: ended.slice(-MAX_ENDED) };
}

export const NO_MARKS: ReadMarks = { seen: NOTHING_READ, kept: [] };

/** The marks of this host merged with the receipt in the hub. A message shown on another host is read here. */
export function joinReceipt(marks: ReadMarks, profile: Profile | undefined): ReadMarks {
  return { ...marks, seen: profile?.read ? mergeCursors(marks.seen, profile.read) : marks.seen };
}

export function isUnread({ seen, kept }: ReadMarks, id: Ulid): boolean {
  return !isRead(seen, id) || kept.includes(id);
}

/** The marks after an inbox has shown some of the unread messages and has marked them read or left them unread. */
export function show(
  marks: ReadMarks,
  shown: readonly Ulid[],
  unread: readonly Ulid[],
  reads: boolean,
): ReadMarks {
  const isShown = new Set(shown);
  const wasKept = new Set(marks.kept);
  return {
    ...marks,
    seen: mark(marks.seen, shown, unread),
    kept: unread.filter((id) => (isShown.has(id) ? !reads : wasKept.has(id))),
  };
}
