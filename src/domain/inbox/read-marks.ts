import type { Profile, ReadCursor } from "../sessions/session.ts";
import type { Ulid } from "../values/ids.ts";
import { isRead, mark, mergeCursors, NOTHING_READ } from "./read-cursor.ts";

/** The read marks of one session on this host. */
export interface ReadMarks {
  /** Messages shown by an inbox on any host: the receipt that goes to the hub. */
  readonly seen: ReadCursor;
  /** Messages shown on this host and left unread. */
  readonly kept: readonly Ulid[];
}

export const NO_MARKS: ReadMarks = { seen: NOTHING_READ, kept: [] };

/** The marks of this host merged with the receipt in the hub. A message shown on another host is read here. */
export function joinReceipt({ seen, kept }: ReadMarks, profile: Profile | undefined): ReadMarks {
  return { seen: profile?.read ? mergeCursors(seen, profile.read) : seen, kept };
}

export function isUnread({ seen, kept }: ReadMarks, id: Ulid): boolean {
  return !isRead(seen, id) || kept.includes(id);
}

/** The marks after an inbox has shown some of the unread messages and has marked them read or left them unread. */
export function show(
  { seen, kept }: ReadMarks,
  shown: readonly Ulid[],
  unread: readonly Ulid[],
  reads: boolean,
): ReadMarks {
  const isShown = new Set(shown);
  const wasKept = new Set(kept);
  return {
    seen: mark(seen, shown, unread),
    kept: unread.filter((id) => (isShown.has(id) ? !reads : wasKept.has(id))),
  };
}
