import type { Instant } from "./instant.ts";
import type { Profile } from "./session.ts";
import { secondsBetween } from "./time.ts";

/**
 * Whether a session offers a skill at an instant: among its skills, its specializations or its offers that have not
 * ended. Case and white space at the ends make no difference.
 */
export function offersSkill(profile: Profile, skill: string, now: Instant): boolean {
  const { capabilities_offered, specialization, offers = [] } = profile;
  const current = offers.filter(({ until }) => until === undefined || secondsBetween(now, until) >= 0);
  const wanted = fold(skill);
  return [...capabilities_offered, ...specialization, ...current.map((offer) => offer.skill)].some(
    (offered) => fold(offered) === wanted,
  );
}

function fold(skill: string): string {
  return skill.trim().toLowerCase();
}
