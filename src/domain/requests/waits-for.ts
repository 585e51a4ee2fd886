import { offersSkill } from "../sessions/skill.ts";
import type { Snapshot } from "../snapshot.ts";
import type { SessionId } from "../values/ids.ts";
import type { Instant } from "../values/instant.ts";
import type { Collaboration } from "./collaboration.ts";

/**
 * Whether a request waits for a session's answer: it was asked, or it offers the skill that was, and has not declined.
 * What is open to everybody waits for everybody but who made it.
 */
export function waitsFor(
  request: Collaboration,
  session: SessionId,
  { sessions }: Pick<Snapshot, "sessions">,
  now: Instant,
): boolean {
  const { status, from_session, to_session, to_capability, history } = request;
  if (status !== "pending" || from_session === session) return false;
  if (to_session !== null) return to_session === session;
  if (history.some((step) => step.declined === true && step.session === session)) return false;
  const profile = sessions.get(session);
  return profile !== undefined && (to_capability === undefined || offersSkill(profile, to_capability, now));
}
