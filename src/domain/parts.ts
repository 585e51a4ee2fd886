import type { Claim } from "./claims/claim.ts";
import { DEFAULT_SETTINGS } from "./hub/default-settings.ts";
import { DEFAULT_TAXONOMY } from "./hub/default-taxonomy.ts";
import { type LayoutKind, locationOf } from "./hub/layout.ts";
import type { Settings } from "./hub/settings.ts";
import type { Taxonomy } from "./hub/taxonomy.ts";
import { BOARD_SIZE } from "./messages/board.ts";
import type { Message } from "./messages/message.ts";
import type { Collaboration } from "./requests/collaboration.ts";
import type { Heartbeat, Profile, Registry, Retired } from "./sessions/session.ts";
import type { FilePart, Snapshot } from "./snapshot.ts";
import type { RequestId } from "./values/ids.ts";

/**
 * Where a part is stored in the hub's folder, and how its files combine to its value. decoders.ts decodes a single
 * file.
 */
export interface Source<P extends FilePart> {
  readonly path: string;
  /** Levels of folders between the path and its files; 0 when the path is a file. */
  readonly depth: number;
  readonly extension: string;
  /** At most this many files, the last ones by name. */
  readonly newest?: number;
  collect(values: readonly unknown[]): Snapshot[P];
}

/** The number of messages in a snapshot: enough for the board and an inbox, however long the history is. */
const MAX_MESSAGES = BOARD_SIZE * 4;

/** The number of ended requests in a snapshot: enough to see which session did what recently. */
const MAX_ENDED_REQUESTS = 500;

const NONE_RETIRED: Retired = { sessions: {} };
const EMPTY_REGISTRY: Registry = { registry_version: "1.0", sessions: {} };

export const SOURCES: { readonly [P in FilePart]: Source<P> } = {
  settings: source("settings", ([settings]: readonly Settings[]) => settings ?? DEFAULT_SETTINGS),
  taxonomy: source("taxonomy", ([taxonomy]: readonly Taxonomy[]) => taxonomy ?? DEFAULT_TAXONOMY),
  registry: source("registry", ([registry]: readonly Registry[]) => registry ?? EMPTY_REGISTRY),
  retired: source("retired", ([retired]: readonly Retired[]) => retired ?? NONE_RETIRED),
  sessions: source("sessions", (profiles: readonly Profile[]) => byKey(profiles, ({ id }) => id)),
  heartbeats: source("heartbeats", (heartbeats: readonly Heartbeat[]) =>
    byKey(heartbeats, ({ session_id }) => session_id),
  ),
  collaborations: source("collaborations", requestsById),
  archived: source("archived", requestsById),
  archivedLately: { ...source("archived", requestsById), newest: MAX_ENDED_REQUESTS },
  claims: source("claims", (claims: readonly Claim[]) => byKey(claims, ({ key }) => key)),
  messages: { ...source("messages", (messages: readonly Message[]) => messages), newest: MAX_MESSAGES },
};

/**
 * Hides the type of one file. `collect` gets the values that the part's decoder returned, now or when they were
 * cached.
 */
function source<Value, Collected>(kind: LayoutKind, collect: (values: readonly Value[]) => Collected) {
  const { path, depth, extension } = locationOf(kind);
  return { path, depth, extension, collect: (values: readonly unknown[]) => collect(values as Value[]) };
}

function requestsById(requests: readonly Collaboration[]): ReadonlyMap<RequestId, Collaboration> {
  return byKey(requests, ({ request_id }) => request_id);
}

function byKey<Key, Value>(values: readonly Value[], keyOf: (value: Value) => Key): ReadonlyMap<Key, Value> {
  return new Map(values.map((value) => [keyOf(value), value]));
}

/** The entry directly in the hub's folder that contains the part. If it is unchanged, the part is unchanged. */
export function topOf(part: FilePart): string {
  return SOURCES[part].path.split("/")[0] ?? "";
}
