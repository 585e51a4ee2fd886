import type { FileChange } from "../decision.ts";
import { putJson, putRecord } from "../decision.ts";
import { heartbeatPath, profilePath, REGISTRY_PATH } from "../hub/layout.ts";
import type { Snapshot } from "../snapshot.ts";
import { indexProfiles } from "./registry.ts";
import { Heartbeat, Profile } from "./session.ts";

/** The files of new or changed profiles, and the registry with them. */
export function putProfiles(
  state: Pick<Snapshot, "sessions" | "registry">,
  changed: readonly Profile[],
): FileChange[] {
  if (changed.length === 0) return [];
  const profiles = new Map([...state.sessions, ...changed.map((profile) => [profile.id, profile] as const)]);
  return [
    ...changed.map((profile) => putRecord(profilePath(profile.id), Profile, profile)),
    putJson(REGISTRY_PATH, indexProfiles(profiles.values(), state.registry)),
  ];
}

export function putHeartbeat(heartbeat: Heartbeat): FileChange {
  return putRecord(heartbeatPath(heartbeat.session_id), Heartbeat, heartbeat);
}
