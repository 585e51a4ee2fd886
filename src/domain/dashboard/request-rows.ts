import type { Collaboration, CollaborationStatus } from "../requests/collaboration.ts";
import { isVoid } from "../requests/handover.ts";
import { addresseeOf, heldSince, isHeld } from "../requests/holder.ts";
import { isOpen } from "../requests/moves.ts";
import { describeLimit } from "../requests/overdue.ts";
import { isTakeable } from "../requests/silence.ts";
import type { Snapshot } from "../snapshot.ts";
import type { RequestId, SessionId } from "../values/ids.ts";
import type { Instant } from "../values/instant.ts";
import { inOrderOf } from "../values/order.ts";
import type { Urgency } from "../values/urgency.ts";
import { firstLine } from "../values/visible.ts";

export interface RequestRow {
  readonly id: RequestId;
  readonly status: CollaborationStatus;
  readonly from: SessionId;
  /** A session, or in words who may take it. */
  readonly to: string;
  readonly text: string;
  readonly urgency: Urgency;
  /** Since when it has been in this state. */
  readonly since: Instant;
  /** What is left of its time, in words; null where it has no deadline of its own and is not overdue. */
  readonly limit: string | null;
  /** The URL of the finished work. */
  readonly evidence: string | null;
  readonly next: string;
}

type State = Pick<Snapshot, "settings" | "sessions" | "heartbeats" | "collaborations">;

/** How many requests that have ended are listed. The metrics count all of them. */
const MAX_ENDED = 20;

/** Every open request but void handovers, pending ones first and in each state the oldest first; then the requests that ended last. */
export function requestRows(state: State, now: Instant): RequestRow[] {
  const all = [...state.collaborations.values()].sort(inOrderOf(({ request_id }) => request_id));
  const open = (["pending", "accepted", "in_progress"] as const).flatMap((status) =>
    all
      .filter((request) => request.status === status && !isVoid(request, state))
      .map((request) => view(request, state, now))
      .sort((a, b) => Date.parse(a.since) - Date.parse(b.since)),
  );
  const ended = all
    .filter((request) => !isOpen(request))
    .map((request) => view(request, state, now))
    .sort((a, b) => Date.parse(b.since) - Date.parse(a.since));
  return [...open, ...ended.slice(0, MAX_ENDED)];
}

function view(request: Collaboration, state: State, now: Instant): RequestRow {
  const { request_id, status, from_session, urgency, evidence } = request;
  const limit = status === "pending" ? describeLimit(request, state.settings, now) : undefined;
  return {
    id: request_id,
    status,
    from: from_session,
    to: addresseeOf(request),
    text: firstLine(request.request, 160),
    urgency,
    since: sinceOf(request),
    limit: limit ?? null,
    evidence: evidence === undefined ? null : firstLine(evidence, 300),
    next: nextOf(request, state, now),
  };
}

function sinceOf(request: Collaboration): Instant {
  if (request.status === "pending") return request.created_at;
  return (isHeld(request.status) ? heldSince(request) : undefined) ?? request.updated_at;
}

function nextOf({ request_id, status, from_session, to_session }: Collaboration, state: State, now: Instant) {
  const isStranded = isHeld(status) && to_session !== null && isTakeable(state, to_session, now);
  return isStranded ? `hive reclaim ${request_id} --as ${from_session}` : `hive thread ${request_id}`;
}
