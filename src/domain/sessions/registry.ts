import { inOrderOf } from "../values/order.ts";
import { toInstant } from "../values/time.ts";
import type { Profile, Registry } from "./session.ts";

/** The registry generated from these profiles. The order of the profiles does not matter. */
export function indexProfiles(profiles: Iterable<Profile>, previous: Registry): Registry {
  const sorted = [...profiles].sort(inOrderOf(({ id }) => id));
  const newest = Math.max(...sorted.map((profile) => Date.parse(profile.updated_at)));
  const { registry_version: _, last_updated: __, sessions: ___, ...kept } = previous;
  return {
    registry_version: "1.0",
    last_updated: sorted.length > 0 ? toInstant(newest) : undefined,
    sessions: Object.fromEntries(sorted.map((profile) => [profile.id, indexEntry(profile)])),
    ...kept,
  };
}

function indexEntry({ id, name, role, status, specialization, current_work }: Profile) {
  return { id, name, role, status, specialization, current_work };
}
