import type { Claim } from "../../domain/claims/claim.ts";
import { DEFAULT_SETTINGS } from "../../domain/hub/default-settings.ts";
import { DEFAULT_TAXONOMY } from "../../domain/hub/default-taxonomy.ts";
import type { Settings } from "../../domain/hub/settings.ts";
import type { Taxonomy } from "../../domain/hub/taxonomy.ts";
import { BOARD_SIZE } from "../../domain/messages/board.ts";
import type { Message } from "../../domain/messages/message.ts";
import type { Collaboration } from "../../domain/requests/collaboration.ts";
import type { Heartbeat, Profile, Registry } from "../../domain/sessions/session.ts";
import type { FilePart, Snapshot } from "../../domain/snapshot.ts";

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
  settings: source(
    "hive.yaml",
    0,
    ".yaml",
    ([settings]: readonly Settings[]) => settings ?? DEFAULT_SETTINGS,
  ),
  taxonomy: source(
    "taxonomy.yaml",
    0,
    ".yaml",
    ([taxonomy]: readonly Taxonomy[]) => taxonomy ?? DEFAULT_TAXONOMY,
  ),
  registry: source(
    "REGISTRY.json",
    0,
    ".json",
    ([registry]: readonly Registry[]) => registry ?? EMPTY_REGISTRY,
  ),
  sessions: source("SESSIONS", 1, ".json", (profiles: readonly Profile[]) =>
    byKey(profiles, (profile) => profile.id),
  ),
  heartbeats: source("HEARTBEATS", 1, ".json", (beats: readonly Heartbeat[]) =>
    byKey(beats, (beat) => beat.session_id),
  ),
  collaborations: source("ACTIVE/COLLABORATIONS", 1, ".json", (requests: readonly Collaboration[]) =>
    byKey(requests, (request) => request.request_id),
  ),
  archived: source("ARCHIVE/COLLABORATIONS", 3, ".json", (requests: readonly Collaboration[]) =>
    byKey(requests, (request) => request.request_id),
  ),
  archivedLately: {
    ...source("ARCHIVE/COLLABORATIONS", 3, ".json", (requests: readonly Collaboration[]) =>
      byKey(requests, (request) => request.request_id),
    ),
    newest: LATELY,
  },
  claims: source("ACTIVE/CLAIMS", 1, ".json", (claims: readonly Claim[]) =>
    byKey(claims, (claim) => claim.key),
  ),
  messages: { ...source("MESSAGES", 4, ".md", (messages: readonly Message[]) => messages), newest: WINDOW },
};

/** Forgets the type of one file: what `collect` gets is what the part's decoder gave, now or when it was cached. */
function source<Value, Collected>(
  path: string,
  depth: number,
  extension: string,
  collect: (values: readonly Value[]) => Collected,
) {
  return {
    path,
    depth,
    extension,
    collect: (values: readonly unknown[]) => collect(values as readonly Value[]),
  };
}

function byKey<Key, Value>(values: readonly Value[], keyOf: (value: Value) => Key): ReadonlyMap<Key, Value> {
  return new Map(values.map((value) => [keyOf(value), value]));
}

/** What lies directly in the hub's folder and holds the part: whether it has changed tells whether the part may have. */
export function topOf(part: FilePart): string {
  return SOURCES[part].path.split("/")[0] ?? "";
}
