import type { Instant } from "../../domain/values/instant.ts";
import { UNKNOWN_NAME } from "./message-drafts.ts";
import { isFields, type ObjectFields } from "./read-object.ts";
import { type SeedFile, stemOf } from "./seed-file.ts";
import { newestOf, readTimes } from "./times.ts";
import { asText, keepRest, keepSmall, keyOf, MAX_VALUE_DEPTH, type Note, textOf } from "./values.ts";

export type SourceKind = "registry" | "session" | "heartbeat";

/** The data of one session in one file. */
export interface SessionSource {
  readonly file: SeedFile;
  readonly kind: SourceKind;
  /** The session's name in the file. */
  readonly id: string;
  /** The newest time in the file; undefined if it has none. */
  readonly at: Instant | undefined;
  /** The newest heartbeat in the file. */
  readonly beat: Instant | undefined;
  /** All times of the session in the file. */
  readonly times: readonly Instant[];
  /** For each field of the hub, the key of the file that holds it. */
  readonly keys: Readonly<Record<string, string>>;
  /** The values of the hub's fields, by the hub's names. */
  readonly known: ObjectFields;
  /** Unknown keys, as the profile keeps them. */
  readonly rest: ObjectFields;
  /** All keys of the file. */
  readonly fields: ObjectFields;
}

const ID_KEYS = ["session_id", "id"];
const HEARTBEAT_KEYS = ["last_heartbeat", "timestamp"];
const TIMESTAMP_KEYS = ["registered_at", "updated_at"];
const START_KEYS = ["started_at", "created_at", "session_started", "confirmed_at"];
const ALIASES = {
  name: ["name"],
  role: ["role"],
  status: ["status"],
  current_work: ["current_work", "working_on"],
} as const;
const LIST_ALIASES = {
  specialization: ["specialization", "specializations"],
  capabilities_offered: ["capabilities_offered", "capabilities"],
} as const;
const RESERVED = [
  "id",
  ...Object.keys(ALIASES),
  ...Object.keys(LIST_ALIASES),
  ...TIMESTAMP_KEYS,
  "offers",
  "read",
];
const MAX_REGISTRY_BYTES = 65_536;

/** The keys that the old tools wrote for a session. The pasted text is the current work. */
export const SESSION_SHAPE = {
  keys: [
    ...ID_KEYS,
    ...HEARTBEAT_KEYS,
    ...Object.values(ALIASES).flat(),
    ...Object.values(LIST_ALIASES).flat(),
    "started_at",
    "heartbeat_count",
    "last_work",
    "pid",
  ],
  text: "current_work",
};

/** Reads a session's own file or its heartbeat file. */
export function sourceOfFile(
  file: SeedFile,
  kind: "session" | "heartbeat",
  fields: ObjectFields,
  note: Note,
): SessionSource {
  return sourceOf({ file, kind, id: textOf(fields, ID_KEYS) ?? stemOf(file.path), fields }, undefined, note);
}

/** Reads each session of a registry. An entry is as new as the registry, or newer if it has a newer time. */
export function sourcesOfRegistry(file: SeedFile, registry: ObjectFields, note: Note): SessionSource[] {
  const written = newestOf(readTimes([registry.last_updated]));
  return entriesOf(registry.sessions).flatMap(([key, fields]) => {
    if (isFields(fields)) return [sourceOf({ file, kind: "registry", id: key, fields }, written, note)];
    note(`the entry ${key.slice(0, 80)} is not an object`);
    return [];
  });
}

/** The registry's extra keys. The hub generates all other keys. */
export function registryKeys(registry: ObjectFields, note: Note): ObjectFields {
  const { registry_version, last_updated } = registry;
  const rest = keepRest(
    registry,
    { used: ["sessions", "registry_version", "last_updated"], reserved: [], depth: MAX_VALUE_DEPTH },
    note,
  );
  const own = {
    ...rest,
    ...(registry_version === undefined || registry_version === "1.0"
      ? {}
      : { seed_registry_version: registry_version }),
    ...(last_updated === undefined ? {} : { seed_last_updated: last_updated }),
  };
  return keepSmall({}, own, MAX_REGISTRY_BYTES, note);
}

function entriesOf(sessions: unknown): [key: string, value: unknown][] {
  if (!Array.isArray(sessions)) return isFields(sessions) ? Object.entries(sessions) : [];
  return sessions.map((entry: unknown, index) => [
    (isFields(entry) ? textOf(entry, ID_KEYS) : undefined) ?? `session ${index + 1}`,
    entry,
  ]);
}

function sourceOf(
  { file, kind, id, fields }: Pick<SessionSource, "file" | "kind" | "id" | "fields">,
  written: Instant | undefined,
  note: Note,
): SessionSource {
  const keys = keysOf(fields);
  const used = [...Object.values(keys), ...ID_KEYS.filter((key) => asText(fields[key]) === id)];
  const times = readTimes([...HEARTBEAT_KEYS, ...START_KEYS, ...TIMESTAMP_KEYS].map((key) => fields[key]));
  return {
    file,
    kind,
    id: id.trim() || UNKNOWN_NAME,
    at: newestOf(written ? [written, ...times] : times),
    beat: newestOf(readTimes(HEARTBEAT_KEYS.map((key) => fields[key]))),
    times,
    keys,
    known: Object.fromEntries(Object.entries(keys).map(([name, key]) => [name, fields[key]])),
    rest: keepRest(fields, { used, reserved: RESERVED, depth: MAX_VALUE_DEPTH }, note),
    fields,
  };
}

/** For each field of the hub that the file has, its key in the file. */
function keysOf(fields: ObjectFields): Readonly<Record<string, string>> {
  const found = [
    ...Object.entries(ALIASES).map(([name, keys]) => [name, keyOf(fields, keys)] as const),
    ...Object.entries(LIST_ALIASES).map(
      ([name, keys]) => [name, keys.find((key) => isList(fields[key]))] as const,
    ),
    ...TIMESTAMP_KEYS.map((key) => [key, readTimes([fields[key]]).length > 0 ? key : undefined] as const),
  ];
  return Object.fromEntries(found.flatMap(([name, key]) => (key === undefined ? [] : [[name, key]])));
}

function isList(value: unknown): boolean {
  return Array.isArray(value) ? value.length > 0 : asText(value) !== undefined;
}
