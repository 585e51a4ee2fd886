import { RequestId } from "../../domain/values/ids.ts";
import type { Instant } from "../../domain/values/instant.ts";
import { NOBODY } from "./message-drafts.ts";
import type { Fields } from "./read-object.ts";
import { type SeedFile, stemOf } from "./seed-file.ts";
import { newestOf, readTime, readTimes } from "./times.ts";
import { asText, keepRest, keyOf, type Note, textOf, VALUE_DEPTH } from "./values.ts";

/** A request before its parties have ids, and before it is known whether another one has its id. */
export interface CollaborationDraft {
  readonly file: SeedFile;
  /** The id in the file, else in its name; undefined when neither has the form of one. */
  readonly id: RequestId | undefined;
  readonly from: string;
  readonly to: string;
  readonly request: string;
  readonly urgency: string | undefined;
  readonly status: string | undefined;
  readonly created: Instant | undefined;
  readonly updated: Instant | undefined;
  readonly rest: Fields;
}

const FROM = ["from_session", "from"];
const TO = ["to_session", "to"];
const TEXT = ["request", "message", "text", "description"];
const URGENCY = ["urgency", "priority"];
const CREATED = ["created_at", "timestamp"];
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
/** Keys that only git-hive writes: what the old tools put there may be anything. */
const LATER = ["to_capability", "deadline", "message_id", "evidence", "handoff"];

/** The keys that the old tools wrote into a request; its text stands in the middle. */
export const COLLABORATION_SHAPE = {
  keys: [...RESERVED.slice(0, -1), "from", "to", "priority", "timestamp"],
  text: "request",
};

/** The request in a file; undefined when it does not say what was asked. */
export function draftOfRequest(file: SeedFile, fields: Fields, note: Note): CollaborationDraft | undefined {
  const request = textOf(fields, TEXT);
  if (request === undefined) return undefined;
  const id = [asText(fields.request_id), stemOf(file.path)].find(isRequestId);
  const created =
    readTimes(CREATED.map((key) => fields[key]))[0] ?? timeInId(id) ?? readTime(fields.updated_at);
  const used = [
    ...[FROM, TO, TEXT, URGENCY, ["status"]].map((keys) => keyOf(fields, keys)),
    ...[...CREATED, "updated_at"].filter((key) => readTime(fields[key]) !== undefined),
    fields.request_id === id ? "request_id" : undefined,
  ];
  return {
    file,
    id,
    request,
    created,
    from: textOf(fields, FROM)?.trim() ?? NOBODY,
    to: textOf(fields, TO)?.trim() ?? NOBODY,
    urgency: textOf(fields, URGENCY),
    status: textOf(fields, ["status"]),
    updated: newestOf(readTimes([created, fields.updated_at])),
    rest: keepRest(fields, { used, reserved: [...RESERVED, ...LATER], depth: VALUE_DEPTH }, note),
  };
}

function isRequestId(text: string | undefined): text is RequestId {
  return RequestId.safeParse(text).success;
}

/** `collab-1763229251` was made at that second. */
function timeInId(id: RequestId | undefined): Instant | undefined {
  return readTime(Number(id?.split("-")[1]));
}
