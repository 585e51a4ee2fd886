import { RequestId } from "../../domain/values/ids.ts";
import type { Instant } from "../../domain/values/instant.ts";
import { UNKNOWN_NAME } from "./message-drafts.ts";
import type { ObjectFields } from "./read-object.ts";
import { type SeedFile, stemOf } from "./seed-file.ts";
import { newestOf, readTime, readTimes } from "./times.ts";
import { asText, keepRest, keyOf, MAX_VALUE_DEPTH, type Note, textOf } from "./values.ts";

/** A request before its parties have ids and before id collisions are resolved. */
export interface CollaborationDraft {
  readonly file: SeedFile;
  /** The id in the file, else in its name; undefined if neither is valid. */
  readonly id: RequestId | undefined;
  readonly from: string;
  readonly to: string;
  readonly request: string;
  readonly urgency: string | undefined;
  readonly status: string | undefined;
  readonly created: Instant | undefined;
  readonly updated: Instant | undefined;
  readonly rest: ObjectFields;
}

const FROM_KEYS = ["from_session", "from"];
const TO_KEYS = ["to_session", "to"];
const TEXT_KEYS = ["request", "message", "text", "description"];
const URGENCY_KEYS = ["urgency", "priority"];
const CREATED_KEYS = ["created_at", "timestamp"];
const RESERVED = [
  "request_id",
  "from_session",
  "to_session",
  "request",
  "urgency",
  "status",
  "created_at",
  "updated_at",
  "history",
];
/** Keys that only git-hive writes. The old tools may have used them with any meaning. */
const NEWER_KEYS = ["to_capability", "deadline", "message_id", "evidence", "handoff"];

/** The keys that the old tools wrote into a request. Its text is in the middle. */
export const COLLABORATION_SHAPE = {
  keys: [...RESERVED.slice(0, -1), "from", "to", "priority", "timestamp"],
  text: "request",
};

/** Reads the request in a file; undefined if it has no text. */
export function draftOfRequest(
  file: SeedFile,
  fields: ObjectFields,
  note: Note,
): CollaborationDraft | undefined {
  const request = textOf(fields, TEXT_KEYS);
  if (request === undefined) return undefined;
  const id = [asText(fields.request_id), stemOf(file.path)].find(isRequestId);
  const created =
    readTimes(CREATED_KEYS.map((key) => fields[key]))[0] ?? timeInId(id) ?? readTime(fields.updated_at);
  const used = [
    ...[FROM_KEYS, TO_KEYS, TEXT_KEYS, URGENCY_KEYS, ["status"]].map((keys) => keyOf(fields, keys)),
    ...[...CREATED_KEYS, "updated_at"].filter((key) => readTime(fields[key]) !== undefined),
    fields.request_id === id ? "request_id" : undefined,
  ];
  return {
    file,
    id,
    request,
    created,
    from: textOf(fields, FROM_KEYS)?.trim() ?? UNKNOWN_NAME,
    to: textOf(fields, TO_KEYS)?.trim() ?? UNKNOWN_NAME,
    urgency: textOf(fields, URGENCY_KEYS),
    status: textOf(fields, ["status"]),
    updated: newestOf(readTimes([created, fields.updated_at])),
    rest: keepRest(fields, { used, reserved: [...RESERVED, ...NEWER_KEYS], depth: MAX_VALUE_DEPTH }, note),
  };
}

function isRequestId(text: string | undefined): text is RequestId {
  return RequestId.safeParse(text).success;
}

/** The time in a request's id: `collab-1763229251` was made in that second. */
function timeInId(id: RequestId | undefined): Instant | undefined {
  return readTime(Number(id?.split("-")[1]));
}
