import type { Instant } from "../../domain/values/instant.ts";
import { NOBODY } from "./message-drafts.ts";
import { type Fields, isFields } from "./read-object.ts";
import { type SeedFile, stemOf } from "./seed-file.ts";
import { newestOf, readTimes } from "./times.ts";
import { asText, keepRest, keepSmall, keyOf, type Note, textOf, VALUE_DEPTH } from "./values.ts";

export type SourceKind = "registry" | "session" | "heartbeat";

/** What one file says of one session. */
export interface SessionSource {
  readonly file: SeedFile;
  readonly kind: SourceKind;
  /** The session's name as the file has it. */
  readonly id: string;
  /** How new the file is by its own word; undefined when it does not say. */
  readonly at: Instant | undefined;
  /** The newest sign of life in it. */
  readonly beat: Instant | undefined;
  /** The times that it gives of the session. */
  readonly times: readonly Instant[];
  /** For each of the hub's fields the key that holds it in the file. */
  readonly keys: Readonly<Record<string, string>>;
  /** The hub's fields by their own names, with what was written in them. */
  readonly known: Fields;
  /** Unknown keys, as a profile keeps them. */
  readonly rest: Fields;
  /** All keys of the file. */
  readonly fields: Fields;
}

const IDS = ["session_id", "id"];
const BEATS = ["last_heartbeat", "timestamp"];
const STAMPS = ["registered_at", "updated_at"];
const SINCE = ["started_at", "created_at", "session_started", "confirmed_at"];
const ALIASES = {
  name: ["name"],
  role: ["role"],
  status: ["status"],
  current_work: ["current_work", "working_on"],
} as const;
const LISTS = {
  specialization: ["specialization", "specializations"],
  capabilities_offered: ["capabilities_offered", "capabilities"],
} as const;
const RESERVED = ["id", ...Object.keys(ALIASES), ...Object.keys(LISTS), ...STAMPS, "offers", "read"];
const REGISTRY_LIMIT = 65_536;

/** The keys that the old tools wrote of a session; the text is what it works on. */
export const SESSION_SHAPE = {
  keys: [
    ...IDS,
    ...BEATS,
    ...Object.values(ALIASES).flat(),
    ...Object.values(LISTS).flat(),
    "started_at",
    "heartbeat_count",
    "last_work",
    "pid",
  ],
  text: "current_work",
};

/** What a session's own file or its heartbeat says. */
export function sourceOfFile(
  file: SeedFile,
  kind: "session" | "heartbeat",
  fields: Fields,
  note: Note,
): SessionSource {
  return sourceOf({ file, kind, id: textOf(fields, IDS) ?? stemOf(file.path), fields }, undefined, note);
}

/** What a registry says of each session. Its entries are as new as the registry itself, or newer by their own word. */
export function sourcesOfRegistry(file: SeedFile, registry: Fields, note: Note): SessionSource[] {
  const written = newestOf(readTimes([registry.last_updated]));
  return entriesOf(registry.sessions).flatMap(([key, fields]) => {
    if (isFields(fields)) return [sourceOf({ file, kind: "registry", id: key, fields }, written, note)];
    note(`the entry ${key.slice(0, 80)} is not an object`);
    return [];
  });
}

/** The registry's own keys: the hub generates the rest of it anew. */
export function registryKeys(registry: Fields, note: Note): Fields {
  const { registry_version, last_updated } = registry;
  const rest = keepRest(
    registry,
    { used: ["sessions", "registry_version", "last_updated"], reserved: [], depth: VALUE_DEPTH },
    note,
  );
  const own = {
    ...rest,
    ...(registry_version === undefined || registry_version === "1.0"
      ? {}
      : { seed_registry_version: registry_version }),
    ...(last_updated === undefined ? {} : { seed_last_updated: last_updated }),
  };
  return keepSmall({}, own, REGISTRY_LIMIT, note);
}

function entriesOf(sessions: unknown): [key: string, value: unknown][] {
  if (!Array.isArray(sessions)) return isFields(sessions) ? Object.entries(sessions) : [];
  return sessions.map((entry: unknown, index) => [
    (isFields(entry) ? textOf(entry, IDS) : undefined) ?? `session ${index + 1}`,
    entry,
  ]);
}

function sourceOf(
  { file, kind, id, fields }: Pick<SessionSource, "file" | "kind" | "id" | "fields">,
  written: Instant | undefined,
  note: Note,
): SessionSource {
  const keys = keysOf(fields);
  const used = [...Object.values(keys), ...IDS.filter((key) => asText(fields[key]) === id)];
  const times = readTimes([...BEATS, ...SINCE, ...STAMPS].map((key) => fields[key]));
  return {
    file,
    kind,
    id: id.trim() || NOBODY,
    at: newestOf(written ? [written, ...times] : times),
    beat: newestOf(readTimes(BEATS.map((key) => fields[key]))),
    times,
    keys,
    known: Object.fromEntries(Object.entries(keys).map(([name, key]) => [name, fields[key]])),
    rest: keepRest(fields, { used, reserved: RESERVED, depth: VALUE_DEPTH }, note),
    fields,
  };
}

/** Which key of the file holds each of the hub's fields that it has. */
function keysOf(fields: Fields): Readonly<Record<string, string>> {
  const found = [
    ...Object.entries(ALIASES).map(([name, keys]) => [name, keyOf(fields, keys)] as const),
    ...Object.entries(LISTS).map(([name, keys]) => [name, keys.find((key) => isList(fields[key]))] as const),
    ...STAMPS.map((key) => [key, readTimes([fields[key]]).length > 0 ? key : undefined] as const),
  ];
  return Object.fromEntries(found.flatMap(([name, key]) => (key === undefined ? [] : [[name, key]])));
}

function isList(value: unknown): boolean {
  return Array.isArray(value) ? value.length > 0 : asText(value) !== undefined;
}
