import type { Profile, ReadCursor } from "../sessions/session.ts";
import type { Ulid } from "../values/ids.ts";
import { isRead, mark, mergeCursors, NOTHING_READ } from "./read-cursor.ts";

/** What a host knows of what one session has read. */
export interface ReadMarks {
  /** Shown by an inbox, here or elsewhere: the receipt that goes to the hub. */
  readonly seen: ReadCursor;
  /** Shown here, and left unread. */
  readonly kept: readonly Ulid[];
}

export const NO_MARKS: ReadMarks = { seen: NOTHING_READ, kept: [] };

/** The marks of this host, and what the hub knows of other hosts: what was shown there is read here. */
export function joinReceipt({ seen, kept }: ReadMarks, profile: Profile | undefined): ReadMarks {
  return { seen: profile?.read ? mergeCursors(seen, profile.read) : seen, kept };
}

export function isUnread({ seen, kept }: ReadMarks, id: Ulid): boolean {
  return !isRead(seen, id) || kept.includes(id);
}

/** An inbox has shown some of all that is unread, and reads it or leaves it unread. */
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
