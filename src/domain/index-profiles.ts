import type { Profile, Registry } from "./session.ts";

/** The registry that these profiles generate; same profiles, same value, whatever their order. */
export function indexProfiles(profiles: Iterable<Profile>, previous: Registry): Registry {
  const sorted = [...profiles].sort((a, b) => (a.id < b.id ? -1 : 1));
  const updates = sorted.map((profile) => profile.updated_at).sort();
  return {
    ...previous,
    registry_version: "1.0",
    last_updated: updates.at(-1),
    sessions: Object.fromEntries(sorted.map((profile) => [profile.id, indexEntry(profile)])),
  };
}

function indexEntry({ id, name, role, status, specialization, current_work }: Profile) {
  return { id, name, role, status, specialization, current_work };
}
