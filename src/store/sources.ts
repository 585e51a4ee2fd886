import type * as z from "zod/mini";
import { BOARD_SIZE } from "../domain/board.ts";
import { Collaboration } from "../domain/collaboration.ts";
import { Message } from "../domain/message.ts";
import { Heartbeat, Profile, Registry } from "../domain/session.ts";
import { DEFAULT_SETTINGS, Settings } from "../domain/settings.ts";
import type { Part, Snapshot } from "../domain/snapshot.ts";
import { DEFAULT_TAXONOMY, Taxonomy } from "../domain/taxonomy.ts";
import { type Decoded, decodeFile, parseJson } from "./decode.ts";
import { parseMessage } from "./front-matter.ts";

/** A part of the snapshot that is read from files. */
export type FilePart = Exclude<Part, "paths">;

/** Where a part lies in the hub's folder, how its files are decoded, and what they come to together. */
export interface Source<P extends FilePart> {
  readonly path: string;
  /** Levels of folders between the path and its files; 0 where the path is a file itself. */
  readonly depth: number;
  readonly extension: string;
  /** Only this many files, the last ones by name. */
  readonly newest?: number;
  decode(path: string, bytes: Uint8Array): Promise<Decoded<unknown>>;
  collect(values: readonly unknown[]): Snapshot[P];
}

interface Spec<P extends FilePart, Value> extends Omit<Source<P>, "decode" | "collect"> {
  decode(path: string, bytes: Uint8Array): Promise<Decoded<Value>>;
  collect(values: readonly Value[]): Snapshot[P];
}

/** Messages in a snapshot: enough for the board and an inbox, however long the history is. */
const WINDOW = BOARD_SIZE * 4;

const EMPTY_REGISTRY: Registry = { registry_version: "1.0", sessions: {} };

export const SOURCES: { readonly [P in FilePart]: Source<P> } = {
  settings: source({
    ...yamlFile("hive.yaml", Settings),
    collect: ([settings]) => settings ?? DEFAULT_SETTINGS,
  }),
  taxonomy: source({
    ...yamlFile("taxonomy.yaml", Taxonomy),
    collect: ([taxonomy]) => taxonomy ?? DEFAULT_TAXONOMY,
  }),
  registry: source({
    ...jsonFiles("REGISTRY.json", 0, Registry),
    collect: ([registry]) => registry ?? EMPTY_REGISTRY,
  }),
  sessions: source({
    ...jsonFiles("SESSIONS", 1, Profile, "id"),
    collect: (profiles) => new Map(profiles.map((profile) => [profile.id, profile])),
  }),
  heartbeats: source({
    ...jsonFiles("HEARTBEATS", 1, Heartbeat, "session_id"),
    collect: (beats) => new Map(beats.map((beat) => [beat.session_id, beat])),
  }),
  collaborations: source({
    ...jsonFiles("ACTIVE/COLLABORATIONS", 1, Collaboration, "request_id"),
    collect: (requests) => new Map(requests.map((request) => [request.request_id, request])),
  }),
  messages: source({
    path: "MESSAGES",
    depth: 4,
    extension: ".md",
    newest: WINDOW,
    decode: async (path, bytes) =>
      checkName(path, await decodeFile(path, bytes, parseMessage, Message), "id"),
    collect: (messages) => messages,
  }),
};

/** Forgets the type of one file: what `collect` gets is what `decode` gave, now or when it was cached. */
function source<P extends FilePart, Value>(spec: Spec<P, Value>): Source<P> {
  return { ...spec, collect: (values) => spec.collect(values as readonly Value[]) };
}

function yamlFile<Value>(path: string, schema: z.ZodMiniType<Value>) {
  return {
    path,
    depth: 0,
    extension: ".yaml",
    decode: async (file: string, bytes: Uint8Array) =>
      decodeFile(file, bytes, (await import("./yaml.ts")).parseYaml, schema),
  };
}

function jsonFiles<Value>(
  path: string,
  depth: number,
  schema: z.ZodMiniType<Value>,
  idKey?: keyof Value & string,
) {
  return {
    path,
    depth,
    extension: ".json",
    decode: async (file: string, bytes: Uint8Array) =>
      checkName(file, await decodeFile(file, bytes, parseJson, schema), idKey),
  };
}

/** A file is found by its name, so its name must be its id. */
function checkName<Value>(
  path: string,
  decoded: Decoded<Value>,
  idKey: (keyof Value & string) | undefined,
): Decoded<Value> {
  if (idKey === undefined || "finding" in decoded) return decoded;
  const name = path.slice(path.lastIndexOf("/") + 1, path.lastIndexOf("."));
  const id = decoded.value[idKey];
  if (id === name) return decoded;
  const message = `${idKey} is ${JSON.stringify(id)}, but the file is named ${name}`;
  return { finding: { path, line: 1, column: 1, rule: "id-is-name", message } };
}
