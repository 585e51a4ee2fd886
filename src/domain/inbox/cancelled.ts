import type { Collaboration } from "../requests/collaboration.ts";
import { isHeld } from "../requests/holder.ts";
import type { Snapshot } from "../snapshot.ts";
import type { SessionId } from "../values/ids.ts";
import type { Instant } from "../values/instant.ts";
import { inOrderOf } from "../values/order.ts";
import { secondsBetween } from "../values/time.ts";
import { isEndRead, type ReadMarks } from "./read-marks.ts";

/** How long the end of a request stays in an inbox where it is not read: seven days. */
export const ENDED_REQUEST_SECONDS = 604_800;

/**
 * The requests that a session had, accepted or not, and that others cancelled in the last week, until it has read that.
 * Who works on such a request can stop.
 */
export function cancelledFor(
  { collaborations }: Pick<Snapshot, "collaborations">,
  session: SessionId,
  marks: ReadMarks,
  now: Instant,
  showsRead = false,
): Collaboration[] {
  return [...collaborations.values()]
    .filter(({ status, to_session }) => status === "cancelled" && to_session === session)
    .filter(({ history }) => history.at(-1)?.session !== session)
    .filter(({ updated_at }) => secondsBetween(updated_at, now) < ENDED_REQUEST_SECONDS)
    .filter(({ request_id }) => showsRead || !isEndRead(marks, request_id))
    .sort(inOrderOf(({ request_id }) => request_id));
}

/** Whether the session that had an ended request had accepted it. */
export function wasAccepted({ history }: Collaboration): boolean {
  return isHeld(history.at(-2)?.status);
}
