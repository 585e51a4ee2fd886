import type { Settings } from "../hub/settings.ts";
import type { Snapshot } from "../snapshot.ts";
import type { RequestId, SessionId } from "../values/ids.ts";
import type { Instant } from "../values/instant.ts";
import type { Collaboration } from "./collaboration.ts";
import { isHeldBy } from "./holder.ts";
import { isOverdue } from "./overdue.ts";

type Requests = Pick<Snapshot, "collaborations">;

/** The request that a handover is about; undefined for a handover of work, and where the request is archived. */
export function handedOver(
  { handoff }: Pick<Collaboration, "handoff">,
  { collaborations }: Requests,
): Collaboration | undefined {
  return handoff?.request === undefined ? undefined : collaborations.get(handoff.request as RequestId);
}

/**
 * Whether an open handover has nothing left to hand over, because its request has ended or left the session that offers
 * it. Nobody can accept it, so it waits for nobody.
 */
export function isVoid(handover: Collaboration, state: Requests): boolean {
  if (handover.status !== "pending" || handover.handoff?.request === undefined) return false;
  const request = handedOver(handover, state);
  return request === undefined || !isHeldBy(request, handover.from_session);
}

/** The handover by which a session offers a request already, and that can still be accepted. */
export function openHandoverOf(
  { request_id }: Collaboration,
  session: SessionId,
  { collaborations, settings }: Requests & { readonly settings: Settings },
  now: Instant,
): Collaboration | undefined {
  return [...collaborations.values()].find(
    (each) =>
      each.status === "pending" &&
      each.from_session === session &&
      each.handoff?.request === request_id &&
      !isOverdue(each, settings, now),
  );
}
