import type { ImportInput } from "../../domain/maintenance/operations/import.ts";
import type { Instant } from "../../domain/values/instant.ts";
import { inOrderOf } from "../../domain/values/order.ts";
import { isSessionId } from "../../domain/values/session-id.ts";
import { COLLABORATION_SHAPE, type CollaborationDraft, draftOfRequest } from "./collaboration-drafts.ts";
import { buildCollaborations } from "./collaborations.ts";
import { buildHeartbeats } from "./heartbeats.ts";
import { type Ledger, MAX_ORIGINAL_BYTES, openLedger } from "./ledger.ts";
import { draftOfEntry, draftOfFile, MESSAGE_SHAPE, type MessageDraft } from "./message-drafts.ts";
import { buildMessages } from "./messages.ts";
import { assignIds } from "./names.ts";
import { buildProfiles } from "./profiles.ts";
import { readBoard } from "./read-board.ts";
import {
  makeUsable,
  type ObjectFields,
  REPLACED,
  readObject,
  readText,
  unifyLineEnds,
} from "./read-object.ts";
import { kindOf, type SeedFile, type SeedKind } from "./seed-file.ts";
import {
  registryKeys,
  SESSION_SHAPE,
  type SessionSource,
  sourceOfFile,
  sourcesOfRegistry,
} from "./session-sources.ts";
import { FALLBACK_INSTANT, newestOf } from "./times.ts";

/** The input of the import operation, and the paths of the files that were read completely. */
export interface Translation extends ImportInput {
  readonly read: readonly string[];
}

/** The records read so far, before sessions have ids. */
interface Drafts {
  readonly sources: SessionSource[];
  readonly messages: MessageDraft[];
  readonly requests: CollaborationDraft[];
  registry: ObjectFields;
}

type ObjectKind = Exclude<SeedKind, "board">;

const SHAPES = {
  registry: undefined,
  session: SESSION_SHAPE,
  heartbeat: SESSION_SHAPE,
  collaboration: COLLABORATION_SHAPE,
  broadcast: MESSAGE_SHAPE,
  direct: MESSAGE_SHAPE,
} as const satisfies Record<ObjectKind, unknown>;

/**
 * Translates a directory of the old tools into the input of the import operation. Never throws and never drops data
 * silently: every path is in exactly one of `read`, `salvaged`, `rejected` and `ignored`, and `originals` has the
 * bytes of salvaged and rejected files. The same files give the same result in any order.
 */
export function translate(files: readonly SeedFile[]): Translation {
  const sorted = [...files].sort(inOrderOf(({ path }) => path));
  const ledger = openLedger(sorted);
  const drafts: Drafts = { sources: [], messages: [], requests: [], registry: {} };
  for (const file of sorted) readFile(file, drafts, ledger);
  const context = {
    names: assignIds(namesIn(drafts)),
    newest: newestOf(timesIn(drafts)) ?? FALLBACK_INSTANT,
    note: ledger.note,
  };
  const { idOf, ...requests } = buildCollaborations(drafts.requests, context);
  const profiles = buildProfiles(drafts.sources, context);
  return {
    profiles,
    heartbeats: buildHeartbeats(drafts.sources, profiles, context),
    messages: buildMessages(drafts.messages, { ...context, requestIdOf: idOf }),
    ...requests,
    registry: { ...drafts.registry },
    ...ledger.close(),
  };
}

function readFile(file: SeedFile, drafts: Drafts, ledger: Ledger): void {
  const kind = kindOf(file.path);
  if (kind === undefined) ledger.ignore(file);
  else if (kind === "board") readBoardFile(file, drafts, ledger);
  else readObjectFile(file, kind, drafts, ledger);
}

function readObjectFile(file: SeedFile, kind: ObjectKind, drafts: Drafts, ledger: Ledger): void {
  const reading = readObject(file.bytes, SHAPES[kind]);
  if (reading.kind === "salvaged") ledger.note(file, reading.reason);
  if (reading.kind === "rejected") ledger.reject(file, reading.reason);
  else takeFields(file, kind, reading.fields, drafts, ledger);
}

function takeFields(
  file: SeedFile,
  kind: ObjectKind,
  fields: ObjectFields,
  drafts: Drafts,
  ledger: Ledger,
): void {
  const note = (reason: string) => ledger.note(file, reason);
  if (kind === "registry") {
    drafts.sources.push(...sourcesOfRegistry(file, fields, note));
    drafts.registry = registryKeys(fields, note);
  } else if (kind === "session" || kind === "heartbeat") {
    drafts.sources.push(sourceOfFile(file, kind, fields, note));
  } else if (kind === "collaboration") {
    const draft = draftOfRequest(file, fields, note);
    if (draft) drafts.requests.push(draft);
    else ledger.reject(file, "a request without a text");
  } else {
    const draft = draftOfFile(file, kind, fields, note);
    if (draft) drafts.messages.push(draft);
    else ledger.reject(file, "a message without a text");
  }
}

/** Reads a message board. The hub also keeps the original, because a board has more than messages. */
function readBoardFile(file: SeedFile, drafts: Drafts, ledger: Ledger): void {
  const note = (reason: string) => ledger.note(file, reason);
  const reading = readText(file.bytes, MAX_ORIGINAL_BYTES);
  ledger.keep(file);
  if ("fault" in reading) {
    ledger.reject(file, reading.fault);
    return;
  }
  const text = makeUsable(reading.text);
  if (text !== reading.text) note(REPLACED);
  const entries = readBoard(unifyLineEnds(text)).map((entry) => draftOfEntry(file, entry, note));
  drafts.messages.push(...entries.filter((draft) => draft !== undefined));
}

function namesIn({ sources, messages, requests }: Drafts): string[] {
  const recipients = messages.filter(({ to, isLooseTo }) => to !== "all" && (!isLooseTo || isSessionId(to)));
  return [
    ...sources.map(({ id }) => id),
    ...messages.map(({ from }) => from),
    ...recipients.map(({ to }) => to),
    ...requests.flatMap(({ from, to }) => [from, to]),
  ];
}

function timesIn({ sources, messages, requests }: Drafts): Instant[] {
  const times = [...sources, ...messages].map(({ at }) => at);
  return [...times, ...requests.map(({ updated }) => updated)].filter((time) => time !== undefined);
}
