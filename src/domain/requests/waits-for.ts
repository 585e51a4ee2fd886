import { offersSkill } from "../sessions/skill.ts";
import type { Snapshot } from "../snapshot.ts";
import type { SessionId } from "../values/ids.ts";
import type { Instant } from "../values/instant.ts";
import type { Collaboration } from "./collaboration.ts";
import { handedOver, isVoid } from "./handover.ts";

/**
 * Whether a pending request waits for a session's answer: the session is the addressee, or it offers the requested
 * skill and has not declined. An open request without a skill waits for every session but the requester. A handover waits
 * for nobody once its request has ended or moved, and never for the session that made that request.
 */
export function waitsFor(
  request: Collaboration,
  session: SessionId,
  state: Pick<Snapshot, "sessions" | "collaborations">,
  now: Instant,
): boolean {
  const { status, from_session, to_session, to_capability, history } = request;
  if (status !== "pending" || from_session === session) return false;
  if (isVoid(request, state) || handedOver(request, state)?.from_session === session) return false;
  if (to_session !== null) return to_session === session;
  if (history.some((step) => step.declined === true && step.session === session)) return false;
  const profile = state.sessions.get(session);
  return profile !== undefined && (to_capability === undefined || offersSkill(profile, to_capability, now));
}
