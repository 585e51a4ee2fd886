import type { ReadCursor } from "../sessions/session.ts";
import type { Ulid } from "../values/ids.ts";
import { ulidTime } from "../values/ulid.ts";

/** Most ids kept individually. A snapshot has as many messages, so no unread message in it counts as read. */
const MAX_IDS = 200;
/**
 * A message sent this long before the newest read message does not land any more. A host may be away for this long:
 * a day.
 */
const LATE_MS = 86_400_000;

export const NOTHING_READ: ReadCursor = { until: "00000000000000000000000000" as Ulid, also: [] };

export function isRead({ until, also }: ReadCursor, id: Ulid): boolean {
  return id <= until || also.includes(id);
}

/**
 * The cursor with more ids read. An id that was read stays read, and the order of calls does not matter.
 *
 * `until` rises only past old ids, and never past an id in `unread`. A message can land long after messages that were
 * sent later, and must still be unread then.
 */
export function mark(cursor: ReadCursor, ids: readonly Ulid[], unread: readonly Ulid[] = []): ReadCursor {
  const also = [...cursor.also, ...ids];
  const newest = ulidTime(also.reduce<Ulid>(later, cursor.until));
  const isWaiting = (id: Ulid) => id > cursor.until && !also.includes(id);
  const waiting = unread.filter(isWaiting).sort()[0];
  return tidy({ ...cursor, also }, (id) => {
    const isOld = ulidTime(id) < newest - LATE_MS;
    return isOld && (waiting === undefined || id < waiting);
  });
}

/**
 * Merges the cursors of a session from two hosts, or from a host and the hub. An id that is read in either is read.
 */
export function mergeCursors(a: ReadCursor, b: ReadCursor): ReadCursor {
  const until = later(a.until, b.until);
  return tidy({ ...a, ...b, until, also: [...a.also, ...b.also] }, () => false);
}

/**
 * Sorts the ids and removes duplicates. The oldest ids move into `until` if they are settled, or if there are more
 * than MAX_IDS.
 */
function tidy(cursor: ReadCursor, isSettled: (id: Ulid) => boolean): ReadCursor {
  const ids = [...new Set(cursor.also)].filter((id) => id > cursor.until).sort();
  const unsettled = ids.findIndex((id) => !isSettled(id));
  const count = Math.max(unsettled < 0 ? ids.length : unsettled, ids.length - MAX_IDS);
  return { ...cursor, until: ids[count - 1] ?? cursor.until, also: ids.slice(count) };
}

function later(a: Ulid, b: Ulid): Ulid {
  return a > b ? a : b;
}
