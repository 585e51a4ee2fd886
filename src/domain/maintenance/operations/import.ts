import { change, type FileChange, nothing, putJson, putText } from "../../decision.ts";
import {
  collaborationPath,
  FOLDER,
  heartbeatPath,
  messagePath,
  profilePath,
  REGISTRY_PATH,
} from "../../hub/layout.ts";
import { Message } from "../../messages/message.ts";
import { putMessages } from "../../messages/write.ts";
import { defineOperation } from "../../operation.ts";
import { Collaboration } from "../../requests/collaboration.ts";
import { putRequest } from "../../requests/new-request.ts";
import { OFFLINE } from "../../sessions/presence.ts";
import { indexProfiles } from "../../sessions/registry.ts";
import { retiredSession } from "../../sessions/retired.ts";
import { Heartbeat, Profile, type Registry } from "../../sessions/session.ts";
import { putHeartbeat, putProfiles } from "../../sessions/write.ts";
import type { Snapshot } from "../../snapshot.ts";
import { RequestId } from "../../values/ids.ts";
import * as z from "../../values/z.ts";
import { markUnregistered } from "../unregistered.ts";

/** Folder for the original bytes of files that could not be imported unchanged, by hash and name. */
const ORIGINALS = `${FOLDER}/ARCHIVE/IMPORT`;
const ARCHIVED_REQUESTS = `${FOLDER}/ARCHIVE/COLLABORATIONS/`;
const MAX_ITEMS = 100_000;

const Report = z.object({ path: z.string(), reason: z.string() });
const Original = z.object({
  path: z.string().check(z.regex(/^coordination\/ARCHIVE\/IMPORT\/[0-9a-f]{16}-[A-Za-z0-9._-]{1,100}$/)),
  text: z.string().check(z.maxLength(2_000_000)),
});

/** A directory of the old tools, translated for a hub. */
export const ImportInput = z.object({
  profiles: z.array(Profile).check(z.maxLength(MAX_ITEMS)),
  heartbeats: z.array(Heartbeat).check(z.maxLength(MAX_ITEMS)),
  messages: z.array(Message).check(z.maxLength(MAX_ITEMS)),
  collaborations: z.array(Collaboration).check(z.maxLength(MAX_ITEMS)),
  /** The id that each request gets if the hub has another request with its id. */
  alternates: z.record(z.string(), RequestId),
  /** Extra keys of the old registry that the hub's registry keeps. */
  registry: z.record(z.string(), z.unknown()),
  /** The original bytes of files that could not be imported unchanged. */
  originals: z.array(Original).check(z.maxLength(MAX_ITEMS)),
  salvaged: z.array(Report).check(z.maxLength(MAX_ITEMS)),
  rejected: z.array(Report).check(z.maxLength(MAX_ITEMS)),
  ignored: z.array(z.string()).check(z.maxLength(MAX_ITEMS)),
});
export type ImportInput = z.infer<typeof ImportInput>;

type State = Pick<
  Snapshot,
  "sessions" | "registry" | "retired" | "heartbeats" | "collaborations" | "messages" | "paths"
>;
type Added = Pick<ImportInput, "profiles" | "heartbeats" | "messages" | "collaborations" | "originals">;

/** The path of an original in the hub: its hash in hexadecimal and the safe characters of its name. */
export function originalPath(hash: string, name: string): string {
  const safe = name.replaceAll(/[^A-Za-z0-9._-]+/g, "-").slice(-100);
  return `${ORIGINALS}/${hash.slice(0, 16)}-${safe === "" ? "file" : safe}`;
}

/**
 * Imports a directory of the old tools in one commit. It only adds: the hub's existing data is newer and stays,
 * except a heartbeat older than the imported one. A second import changes nothing.
 */
export const importSeed = defineOperation({
  kind: "import",
  by: "anyone",
  reads: ["sessions", "registry", "retired", "heartbeats", "collaborations", "messages", "paths"],
  input: ImportInput,
  decide(state, input) {
    const added = markUnregistered(state, selectNew(state, input));
    const files = [
      ...putRegistry(state, added.profiles, input.registry),
      ...added.heartbeats.map(putHeartbeat),
      ...added.collaborations.map(putRequest),
      ...putMessages(state, added.messages),
      ...added.originals.map((original) => putText(original.path, original.text)),
    ];
    const { salvaged, rejected, ignored } = input;
    const result = {
      sessions: added.profiles.length,
      heartbeats: added.heartbeats.length,
      messages: added.messages.length,
      collaborations: added.collaborations.length,
      salvaged,
      rejected,
      ignored,
    };
    return files.length > 0 ? change(describe(added), files, result) : nothing(result);
  },
});

function selectNew(state: State, input: ImportInput): Added {
  const { paths, heartbeats } = state;
  const placed = placeRequests(state, input);
  return {
    profiles: onePerKey(input.profiles, ({ id }) => id).filter(
      ({ id }) =>
        !state.sessions.has(id) && !retiredSession(state.retired, id) && !paths.has(profilePath(id)),
    ),
    heartbeats: onePerKey(input.heartbeats, (beat) => beat.session_id)
      .map((beat) => ({ ...heartbeats.get(beat.session_id), ...beat }))
      .filter((beat) => isNewer(beat, heartbeats.get(beat.session_id), state)),
    collaborations: [...placed.values()],
    messages: newMessages(paths, input.messages).map((message) => {
      const request = placed.get(message.request_id ?? "")?.request_id;
      return request === undefined ? message : { ...message, request_id: request };
    }),
    originals: onePerKey(input.originals, ({ path }) => path).filter(({ path }) => !paths.has(path)),
  };
}

function onePerKey<Value>(values: readonly Value[], keyOf: (value: Value) => string): Value[] {
  return [...new Map(values.map((value) => [keyOf(value), value])).values()];
}

/**
 * Whether to import a heartbeat. A heartbeat that the hub cannot read is left for a person to examine, and an expired
 * heartbeat is not restored.
 */
function isNewer(
  beat: Heartbeat,
  other: Heartbeat | undefined,
  { paths, sessions, retired }: State,
): boolean {
  const { session_id } = beat;
  const isGone =
    sessions.get(session_id)?.status === OFFLINE || retiredSession(retired, session_id) !== undefined;
  if (!other) return !isGone && !paths.has(heartbeatPath(beat.session_id));
  return Date.parse(beat.last_heartbeat) > Date.parse(other.last_heartbeat);
}

/**
 * The messages that the hub does not have. The id of a message without a known time depends on the other files of the
 * directory, so only the half of its id that comes from its content is compared.
 */
function newMessages(paths: State["paths"], messages: readonly Message[]): Message[] {
  const contents = new Set(
    [...paths].filter((path) => path.endsWith(".md")).map((path) => path.slice(-19, -3)),
  );
  return onePerKey(messages, ({ id }) => id).filter(
    (message) =>
      !paths.has(messagePath(message.id, message.sent_at)) &&
      !(message.seed_time === "unknown" && contents.has(message.id.slice(10))),
  );
}

/** The requests that the hub does not have, by their ids in the input, with their new ids. */
function placeRequests(state: State, input: ImportInput): Map<string, Collaboration> {
  const known = new Set([...state.collaborations.values()].map(identityOf));
  const archived = new Set(
    [...state.paths]
      .filter((path) => path.startsWith(ARCHIVED_REQUESTS))
      .map((path) => path.split("/").at(-1)),
  );
  const placed = new Map<string, Collaboration>();
  for (const request of onePerKey(input.collaborations, ({ request_id }) => request_id)) {
    const { request_id } = request;
    if (known.has(identityOf(request)) || archived.has(`${request_id}.json`)) continue;
    const id = freeId(state, request, input.alternates[request_id]);
    if (id === request_id) placed.set(request_id, request);
    else if (id !== undefined)
      placed.set(request_id, { ...request, request_id: id, seed_request_id: request_id });
  }
  return placed;
}

/**
 * The request's own id, or the alternate if another request has that id; undefined if the request must already be in
 * the hub.
 */
function freeId(
  { collaborations, paths }: State,
  request: Collaboration,
  alternate: RequestId | undefined,
): RequestId | undefined {
  if (!paths.has(collaborationPath(request.request_id))) return request.request_id;
  const isUnreadable = !collaborations.has(request.request_id);
  if (isUnreadable || request.seed_time === "unknown" || alternate === undefined) return undefined;
  return paths.has(collaborationPath(alternate)) ? undefined : alternate;
}

/**
 * What identifies a request. The old tools gave two requests of the same second the same id; text, requester and
 * addressee tell them apart.
 */
function identityOf({ request_id, from_session, to_session, request, created_at }: Collaboration): string {
  return JSON.stringify([request_id.split("-")[1], from_session, to_session, request, created_at]);
}

function putRegistry(
  state: State,
  profiles: readonly Profile[],
  extras: Readonly<Record<string, unknown>>,
): FileChange[] {
  const missing = Object.entries(extras).filter(([key]) => !Object.hasOwn(state.registry, key));
  if (profiles.length === 0 && missing.length === 0) return [];
  const { registry_version, last_updated, sessions } = state.registry;
  const own = { registry_version, last_updated, sessions };
  const registry: Registry = { ...own, ...state.registry, ...Object.fromEntries(missing), ...own };
  if (profiles.length > 0) return putProfiles({ ...state, registry }, profiles);
  return [putJson(REGISTRY_PATH, indexProfiles(state.sessions.values(), registry))];
}

/** The commit subject: `import 12 sessions, 1 heartbeat`. */
function describe(added: Added): string {
  const counts: [count: number, word: string][] = [
    [added.profiles.length, "session"],
    [added.heartbeats.length, "heartbeat"],
    [added.messages.length, "message"],
    [added.collaborations.length, "collaboration"],
  ];
  const parts = counts
    .filter(([count]) => count > 0)
    .map(([count, word]) => `${count} ${word}${count === 1 ? "" : "s"}`);
  return `import ${parts.join(", ") || "what the old tools left beside them"}`;
}
