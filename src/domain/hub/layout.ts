import type { ClaimKey, RequestId, SessionId, Ulid } from "../values/ids.ts";
import type { Instant } from "../values/instant.ts";
export const FOLDER = "coordination";
export const WORKFLOWS = ".github/workflows";

export const SETTINGS_PATH = `${FOLDER}/hive.yaml`;
export const TAXONOMY_PATH = `${FOLDER}/taxonomy.yaml`;
export const REGISTRY_PATH = `${FOLDER}/REGISTRY.json`;
export const SESSIONS = `${FOLDER}/SESSIONS`;
export const HEARTBEATS = `${FOLDER}/HEARTBEATS`;
export const BOARD_PATH = `${FOLDER}/MESSAGES.md`;

export function profilePath(id: SessionId): string {
  return `${SESSIONS}/${id}.json`;
}

export function heartbeatPath(id: SessionId): string {
  return `${HEARTBEATS}/${id}.json`;
}

export function collaborationPath(id: RequestId): string {
  return `${FOLDER}/ACTIVE/COLLABORATIONS/${id}.json`;
}

export function claimPath(key: ClaimKey): string {
  return `${FOLDER}/ACTIVE/CLAIMS/${key}.json`;
}

/** Requests that ended lie by the month in which they did. */
export function archivedPath({
  request_id,
  updated_at,
}: {
  request_id: RequestId;
  updated_at: Instant;
}): string {
  return `${FOLDER}/ARCHIVE/COLLABORATIONS/${updated_at.slice(0, 7).replace("-", "/")}/${request_id}.json`;
}

/** Messages lie by the day they were sent, so no folder grows with history. */
export function messagePath(id: Ulid, sentAt: Instant): string {
  return `${FOLDER}/MESSAGES/${sentAt.slice(0, 10).replaceAll("-", "/")}/${id}.md`;
}
