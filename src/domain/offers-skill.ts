import type { Profile } from "./sessions/session.ts";
import { isSkill, offeredBy, stillOffered } from "./sessions/skill.ts";
import type { Instant } from "./values/instant.ts";

/** Whether a session offers a skill at an instant, however it came to: an offer that has lapsed is none. */
export function offersSkill(profile: Profile, skill: string, now: Instant): boolean {
  return offeredBy(profile).some(isSkill(skill)) && stillOffered(profile, now)(skill);
}
