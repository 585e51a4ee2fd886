import type { Instant } from "../values/instant.ts";
import type { Heartbeat, Profile } from "./session.ts";
import { isSkill, stillOffered } from "./skill.ts";
import { stateOf } from "./state.ts";

/** The texts of a session that the search reads. */
export interface Searchable {
  readonly id: string;
  readonly name: string;
  readonly role: string;
  readonly specialization: readonly string[];
  readonly capabilities_offered: readonly string[];
  readonly current_work: string;
}

/** A session's searchable texts and its status. */
export interface SessionDescription<Id extends string> extends Searchable {
  readonly id: Id;
  readonly status: string;
  readonly status_until: Instant | undefined;
}

/**
 * Combines a profile and a heartbeat as of `now`: the status and the current work come from the newer of the two, the
 * skills from both. Skills whose offer has lapsed are left out.
 */
export function describeSession<Id extends string>(
  id: Id,
  profile: Profile,
  heartbeat: Heartbeat | undefined,
  now: Instant,
): SessionDescription<Id> {
  const { status, status_until, current_work } = stateOf(profile, heartbeat, now);
  const isOffered = stillOffered(profile, now);
  const tags = [...profile.capabilities_offered, ...(heartbeat?.capabilities_offered ?? [])];
  const more = (profile.offers ?? []).map(({ skill }) => skill).filter((skill) => !tags.some(isSkill(skill)));
  return {
    id,
    name: profile.name,
    role: profile.role,
    status,
    status_until,
    specialization: profile.specialization.filter(isOffered),
    capabilities_offered: [...new Set([...tags, ...more])].filter(isOffered),
    current_work,
  };
}
