import { renderBoard } from "./board.ts";
import { type FileChange, putJson, putRecord, putText } from "./decision.ts";
import { encodeMessage } from "./encode-message.ts";
import { indexProfiles } from "./index-profiles.ts";
import type { Message } from "./message.ts";
import { BOARD_PATH, heartbeatPath, messagePath, profilePath, REGISTRY_PATH } from "./paths.ts";
import { Heartbeat, Profile } from "./session.ts";
import type { Snapshot } from "./snapshot.ts";

/** New messages, and the board they change. */
export function putMessages(state: Pick<Snapshot, "messages">, added: readonly Message[]): FileChange[] {
  if (added.length === 0) return [];
  return [
    ...added.map((message) => ({
      path: messagePath(message.id, message.sent_at),
      text: encodeMessage(message),
      value: message,
    })),
    putText(BOARD_PATH, renderBoard([...state.messages, ...added])),
  ];
}

/** New or changed profiles, and the registry they generate. */
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
