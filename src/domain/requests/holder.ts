import type { SessionId } from "../values/ids.ts";
import type { Instant } from "../values/instant.ts";
import { firstLine } from "../values/visible.ts";
import type { Collaboration, CollaborationStatus, HistoryStep } from "./collaboration.ts";

/** Whether a request is open: it names no session, and the first session that accepts it becomes the holder. */
function isOpenToMany({ to_capability, handoff }: Pick<Collaboration, "to_capability" | "handoff">): boolean {
  return to_capability !== undefined || handoff?.open === true;
}

/** The holder after a step, from the holder before it; null while the request has none. */
export function holderAfter(holder: SessionId | null, step: HistoryStep): SessionId | null {
  if (step.returned_from !== undefined) return null;
  const isTaken = step.taken_from !== undefined || (holder === null && step.status === "accepted");
  return isTaken ? step.session : holder;
}

/** The holder before a step, from the earlier steps of the history; null if there was none. */
export function holderBefore(request: Collaboration, index: number): SessionId | null {
  return request.history.slice(0, index).reduce(holderAfter, firstHolder(request));
}

function firstHolder(request: Collaboration): SessionId | null {
  if (isOpenToMany(request)) return null;
  const left = request.history.flatMap(({ taken_from, returned_from }) => taken_from ?? returned_from ?? []);
  return left[0] ?? request.to_session;
}

/** Whether any session may take a request that has no holder: it was made so, or it was given or taken back. */
export function mayBeFree(request: Collaboration): boolean {
  return isOpenToMany(request) || request.history.some(({ returned_from }) => returned_from !== undefined);
}

/** Whether a session has accepted or taken over a request that has not ended. */
export function isHeldBy({ status, to_session }: Collaboration, session: SessionId): boolean {
  return isHeld(status) && to_session === session;
}

/** Whether a status means that a session holds the request, so that it can be handed or taken over. */
export function isHeld(status: CollaborationStatus | undefined): boolean {
  return status === "accepted" || status === "in_progress";
}

/** Since when the holder has held a request; undefined without a holder. */
export function heldSince({ history, to_session }: Collaboration): Instant | undefined {
  const isStartOfHolding = ({ status, session, taken_from }: HistoryStep) =>
    session === to_session && (status === "accepted" || taken_from !== undefined);
  return history.findLast(isStartOfHolding)?.at;
}

/** The addressee of a request in words: a session, or the sessions that may take an open request. */
export function addresseeOf({ to_session, to_capability }: Collaboration): string {
  if (to_session !== null) return to_session;
  return to_capability === undefined ? "whoever takes it" : `whoever offers ${firstLine(to_capability, 60)}`;
}
