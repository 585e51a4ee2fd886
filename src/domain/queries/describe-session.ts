import type { Heartbeat, Profile } from "../session.ts";
import type { Searchable } from "./search.ts";

/** A session in its own words, as far as the search reads them, and its status. */
export interface SessionDescription<Id extends string> extends Searchable {
  readonly id: Id;
  readonly status: string;
}

/** Profile and heartbeat taken together: what changes comes from the newer of the two, what is offered from both. */
export function describeSession<Id extends string>(
  id: Id,
  profile: Profile,
  heartbeat: Heartbeat | undefined,
): SessionDescription<Id> {
  const isNewer =
    heartbeat !== undefined && Date.parse(heartbeat.last_heartbeat) >= Date.parse(profile.updated_at);
  const { status, current_work } = isNewer ? heartbeat : profile;
  const offered = [...profile.capabilities_offered, ...(heartbeat?.capabilities_offered ?? [])];
  return {
    id,
    name: profile.name,
    role: profile.role,
    status,
    specialization: profile.specialization,
    capabilities_offered: [...new Set(offered)],
    current_work,
  };
}
