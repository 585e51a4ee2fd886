import type { Claim } from "../../domain/claims/claim.ts";
import { DEFAULT_SETTINGS } from "../../domain/hub/default-settings.ts";
import { DEFAULT_TAXONOMY } from "../../domain/hub/default-taxonomy.ts";
import { type LayoutKind, locationOf } from "../../domain/hub/layout.ts";
import type { Settings } from "../../domain/hub/settings.ts";
import type { Taxonomy } from "../../domain/hub/taxonomy.ts";
import { BOARD_SIZE } from "../../domain/messages/board.ts";
import type { Message } from "../../domain/messages/message.ts";
import type { Collaboration } from "../../domain/requests/collaboration.ts";
import type { Heartbeat, Profile, Registry } from "../../domain/sessions/session.ts";
import type { FilePart, Snapshot } from "../../domain/snapshot.ts";
import type { RequestId } from "../../domain/values/ids.ts";

/** Where a part lies in the hub's folder, and what its files come to together. How one is decoded: decoders.ts. */
export interface Source<P extends FilePart> {
  readonly path: string;
  /** Levels of folders between the path and its files; 0 where the path is a file itself. */
  readonly depth: number;
  readonly extension: string;
  /** Only this many files, the last ones by name. */
  readonly newest?: number;
  collect(values: readonly unknown[]): Snapshot[P];
}

/** Messages in a snapshot: enough for the board and an inbox, however long the history is. */
const WINDOW = BOARD_SIZE * 4;

/** Requests that ended: enough to see who did what of late. */
const LATELY = 500;

const EMPTY_REGISTRY: Registry = { registry_version: "1.0", sessions: {} };

export const SOURCES: { readonly [P in FilePart]: Source<P> } = {
  settings: source("settings", ([settings]: readonly Settings[]) => settings ?? DEFAULT_SETTINGS),
  taxonomy: source("taxonomy", ([taxonomy]: readonly Taxonomy[]) => taxonomy ?? DEFAULT_TAXONOMY),
  registry: source("registry", ([registry]: readonly Registry[]) => registry ?? EMPTY_REGISTRY),
  sessions: source("sessions", (profiles: readonly Profile[]) => byKey(profiles, ({ id }) => id)),
  heartbeats: source("heartbeats", (heartbeats: readonly Heartbeat[]) =>
    byKey(heartbeats, ({ session_id }) => session_id),
  ),
  collaborations: source("collaborations", requestsById),
  archived: source("archived", requestsById),
  archivedLately: { ...source("archived", requestsById), newest: LATELY },
  claims: source("claims", (claims: readonly Claim[]) => byKey(claims, ({ key }) => key)),
  messages: { ...source("messages", (messages: readonly Message[]) => messages), newest: WINDOW },
};

/** Forgets the type of one file: what `collect` gets is what the part's decoder gave, now or when it was cached. */
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

/** What lies directly in the hub's folder and holds the part: whether it has changed tells whether the part may have. */
export function topOf(part: FilePart): string {
  return SOURCES[part].path.split("/")[0] ?? "";
}
