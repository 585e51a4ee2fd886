import type { ReadCursor } from "../sessions/session.ts";
import type { Ulid } from "../values/ids.ts";
import { ulidTime } from "../values/ulid.ts";

/** Ids kept one by one: as many as a snapshot has messages, so that none of them is ever taken for read unseen. */
const MOST = 200;
/** What was sent longer ago than this before the newest that was read does not land any more: so long may a host be away. */
const LATE_MS = 86_400_000;

export const NOTHING_READ: ReadCursor = { until: "00000000000000000000000000" as Ulid, also: [] };

export function isRead({ until, also }: ReadCursor, id: Ulid): boolean {
  return id <= until || also.includes(id);
}

/**
 * The cursor with more ids read. It never takes back what was read, and the order of marks does not matter.
 *
 * `until` rises past old ids alone, and never past one of `unread`: a message can land long after others that were
 * sent later, and must not be taken for read then.
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

/** What two hosts, or a host and the hub, know of one session together: read in one is read. */
export function mergeCursors(one: ReadCursor, other: ReadCursor): ReadCursor {
  const until = later(one.until, other.until);
  return tidy({ ...one, ...other, until, also: [...one.also, ...other.also] }, () => false);
}

/** Each id once and in order, and the oldest of them left to `until` where they are settled or too many. */
function tidy(cursor: ReadCursor, isSettled: (id: Ulid) => boolean): ReadCursor {
  const ids = [...new Set(cursor.also)].filter((id) => id > cursor.until).sort();
  const unsettled = ids.findIndex((id) => !isSettled(id));
  const count = Math.max(unsettled < 0 ? ids.length : unsettled, ids.length - MOST);
  return { ...cursor, until: ids[count - 1] ?? cursor.until, also: ids.slice(count) };
}

function later(one: Ulid, other: Ulid): Ulid {
  return one > other ? one : other;
}
