import { distinctSkills, foldSkill, offeredBy, stillOffered } from "../sessions/skill.ts";
import type { Snapshot } from "../snapshot.ts";
import type { Instant } from "../values/instant.ts";
import { isNear } from "../values/near.ts";

const MAX_PROPOSED = 3;

/** The skills that sessions offer now and that another may be a slip of; none where a session offers that one. */
export function nearSkills(
  { sessions, heartbeats }: Pick<Snapshot, "sessions" | "heartbeats">,
  asked: string,
  now: Instant,
): string[] {
  const wanted = foldSkill(asked);
  const offered = distinctSkills(
    [...sessions.values()].flatMap((profile) =>
      offeredBy(profile, heartbeats.get(profile.id)).filter(stillOffered(profile, now)),
    ),
  );
  if (offered.some((skill) => foldSkill(skill) === wanted)) return [];
  return offered
    .filter((skill) => isNear(wanted, foldSkill(skill)))
    .sort()
    .slice(0, MAX_PROPOSED);
}
