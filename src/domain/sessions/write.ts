import type { FileChange } from "../decision.ts";
import { putJson, putRecord, removeFile } from "../decision.ts";
import { heartbeatPath, profilePath, REGISTRY_PATH } from "../hub/layout.ts";
import type { Snapshot } from "../snapshot.ts";
import { indexProfiles } from "./registry.ts";
import { Heartbeat, Profile } from "./session.ts";

/** The files of new, changed and removed profiles, and the registry with them. */
export function putProfiles(
  state: Pick<Snapshot, "sessions" | "registry">,
  changed: readonly Profile[],
  removed: readonly Profile[] = [],
): FileChange[] {
  if (changed.length + removed.length === 0) return [];
  const profiles = new Map([...state.sessions, ...changed.map((profile) => [profile.id, profile] as const)]);
  for (const { id } of removed) profiles.delete(id);
  return [
    ...changed.map((profile) => putRecord(profilePath(profile.id), Profile, profile)),
    ...removed.map(({ id }) => removeFile(profilePath(id))),
    putJson(REGISTRY_PATH, indexProfiles(profiles.values(), state.registry)),
  ];
}

export function putHeartbeat(heartbeat: Heartbeat): FileChange {
  return putRecord(heartbeatPath(heartbeat.session_id), Heartbeat, heartbeat);
}
