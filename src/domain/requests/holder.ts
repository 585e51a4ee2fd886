import type { SessionId } from "../values/ids.ts";
import type { Instant } from "../values/instant.ts";
import { firstLine } from "../values/visible.ts";
import type { Collaboration, CollaborationStatus, HistoryStep } from "./collaboration.ts";

/** Whether a request names no session: whoever accepts it first has it. */
export function isOpenToMany({
  to_capability,
  handoff,
}: Pick<Collaboration, "to_capability" | "handoff">): boolean {
  return to_capability !== undefined || handoff?.open === true;
}

/** Whose a request is after a step, from whose it was before; null as long as it is nobody's. */
export function holderAfter(holder: SessionId | null, step: HistoryStep): SessionId | null {
  const isTaken = step.taken_from !== undefined || (holder === null && step.status === "accepted");
  return isTaken ? step.session : holder;
}

/** Whose a request was before a step of its history, as the steps themselves tell. */
export function holderBefore(request: Collaboration, index: number): SessionId | null {
  return request.history.slice(0, index).reduce(holderAfter, firstHolder(request));
}

function firstHolder(request: Collaboration): SessionId | null {
  if (isOpenToMany(request)) return null;
  return request.history.find(({ taken_from }) => taken_from !== undefined)?.taken_from ?? request.to_session;
}

/** Whether a session has accepted or taken over a request that has not ended. */
export function isHeldBy({ status, to_session }: Collaboration, session: SessionId): boolean {
  return isHeld(status) && to_session === session;
}

/** Accepted and not ended: somebody is at it, and it can be handed or taken over. */
export function isHeld(status: CollaborationStatus | undefined): boolean {
  return status === "accepted" || status === "in_progress";
}

/** Since when a request is that of whoever has it; undefined where nobody does. */
export function heldSince({ history, to_session }: Collaboration): Instant | undefined {
  const isTaking = ({ status, session, taken_from }: HistoryStep) =>
    session === to_session && (status === "accepted" || taken_from !== undefined);
  return history.findLast(isTaking)?.at;
}

/** Whom a request is for, in words: a session, or all those who may take it. */
export function addresseeOf({ to_session, to_capability }: Collaboration): string {
  if (to_session !== null) return to_session;
  return to_capability === undefined ? "whoever takes it" : `whoever offers ${firstLine(to_capability, 60)}`;
}
