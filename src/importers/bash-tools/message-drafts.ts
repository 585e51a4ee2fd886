import type { Instant } from "../../domain/values/instant.ts";
import { isSessionId } from "../../domain/values/session-id.ts";
import type { OldBoardEntry } from "./read-board.ts";
import type { ObjectFields } from "./read-object.ts";
import { type SeedFile, type SeedKind, stemOf } from "./seed-file.ts";
import { readTime, timeInName } from "./times.ts";
import { asText, keepRest, type Note, textOf } from "./values.ts";

/** A message before its sender and recipient have ids. */
export interface MessageDraft {
  readonly file: SeedFile;
  readonly from: string;
  /** A session's name, or `all`. */
  readonly to: string;
  /** The original recipient; undefined if `to` has the same meaning. */
  readonly writtenTo: string | undefined;
  /** Whether `to` is free text. It names a recipient only if another file of the directory has this name. */
  readonly isLooseTo: boolean;
  readonly at: Instant | undefined;
  /** The original text of the time, used for the id of a message without a usable time. */
  readonly writtenAt: string;
  readonly subject: string;
  readonly body: string;
  readonly priority: string | undefined;
  readonly request: string | undefined;
  readonly rest: ObjectFields;
}

export const UNKNOWN_NAME = "unknown";
const ALL_RECIPIENTS = ["", "all", "broadcast", "everyone", "everybody", "*"];
const TIME_KEYS = ["timestamp", "sent_at", "time", "date", "created_at"];
const TEXT_KEYS = ["message", "body", "text", "content"];
const PRIORITY_KEYS = ["priority", "urgency"];

/** Keys of the hub's own message file. */
const RESERVED = ["id", "from", "to", "priority", "sent_at", "subject", "request_id", "body"];

/** Deepest nesting of a value in the front matter, because its readers are strict about YAML. */
const MAX_FRONT_MATTER_DEPTH = 5;

/** The keys that the old tools wrote into a message. The text comes last. */
export const MESSAGE_SHAPE = {
  keys: ["from", "to", "timestamp", "subject", "message", "priority", "type", "id", "request_id"],
  text: "message",
};

/** Reads the message in a file of `messages/`; undefined if it has no text. */
export function draftOfFile(
  file: SeedFile,
  kind: SeedKind,
  fields: ObjectFields,
  note: Note,
): MessageDraft | undefined {
  const subject = textOf(fields, ["subject"]) ?? "";
  const body = textOf(fields, TEXT_KEYS) ?? "";
  if (subject === "" && body === "") return undefined;
  const timeKey = TIME_KEYS.find((key) => readTime(fields[key]) !== undefined) ?? "timestamp";
  const textKey = TEXT_KEYS.find((key) => asText(fields[key]) !== undefined) ?? "message";
  const plain = ["from", "to", "subject", "message", "request_id", timeKey, textKey, ...PRIORITY_KEYS];
  const used = plain.filter((key) => typeof fields[key] !== "object" || fields[key] === null);
  return {
    file,
    ...addressOf(file, kind, asText(fields.to)?.trim() ?? ""),
    from: asText(fields.from)?.trim() ?? senderInName(file),
    at: readTime(fields[timeKey]),
    writtenAt: asText(fields[timeKey])?.trim() ?? "",
    subject,
    body,
    priority: textOf(fields, PRIORITY_KEYS),
    request: asText(fields.request_id),
    rest: keepRest(fields, { used, reserved: RESERVED, depth: MAX_FRONT_MATTER_DEPTH }, note),
  };
}

/** Reads the message of a board's entry; undefined if it has no text. */
export function draftOfEntry(file: SeedFile, entry: OldBoardEntry, note: Note): MessageDraft | undefined {
  const subject = entry.fields.get("subject") ?? entry.heading ?? "";
  if (subject === "" && entry.text === "") return undefined;
  const sender = splitTime(entry.fields.get("from") ?? "");
  const writtenAt = entry.fields.get("time") ?? entry.fields.get("date") ?? sender.time;
  const to = (entry.fields.get("to") ?? "").trim();
  const fields = Object.fromEntries(
    [...entry.fields].map(([key, value]) => [key.replaceAll(" ", "_"), value]),
  );
  const used = ["from", "to", "time", "date", "subject", "message", ...PRIORITY_KEYS];
  return {
    file,
    from: sender.name === "" ? UNKNOWN_NAME : sender.name,
    to: isEveryone(to) ? "all" : to,
    writtenTo: ALL_RECIPIENTS.includes(to.toLowerCase()) ? undefined : to,
    isLooseTo: true,
    at: readTime(writtenAt),
    writtenAt: writtenAt.trim(),
    subject: entry.request === undefined ? subject : `Request ${entry.request}`,
    body: entry.text,
    priority: PRIORITY_KEYS.map((key) => entry.fields.get(key)).find((word) => word !== undefined),
    request: entry.request,
    rest: keepRest(fields, { used, reserved: RESERVED, depth: MAX_FRONT_MATTER_DEPTH }, note),
  };
}

/** The recipient of a message file: the folder for a direct message, all for a broadcast, regardless of its text. */
function addressOf(file: SeedFile, kind: SeedKind, written: string) {
  const to = kind === "direct" ? (file.path.split("/")[2] ?? "").trim() : "all";
  const isSame = written === to || written === "" || (to === "all" && isEveryone(written));
  return { to: to === "" ? UNKNOWN_NAME : to, writtenTo: isSame ? undefined : written, isLooseTo: false };
}

function isEveryone(written: string): boolean {
  if (ALL_RECIPIENTS.includes(written.toLowerCase())) return true;
  return !isSessionId(written) && /^all\b/i.test(written);
}

/** `2025-11-15_09-54-11-session-1.json` was sent by session-1. */
function senderInName(file: SeedFile): string {
  const stem = stemOf(file.path);
  const sender = timeInName(file.path) ? stem.slice("2025-11-15_09-54-11-".length) : "";
  return isSessionId(sender) ? sender : UNKNOWN_NAME;
}

/** `Current Session (2025-11-15 21:30 UTC)` is a name and a time. */
function splitTime(written: string): { name: string; time: string } {
  const match = /^(.*)\(([^()]{8,40})\)$/.exec(written);
  if (match?.[1] === undefined || readTime(match[2]) === undefined) return { name: written, time: "" };
  return { name: match[1].trim(), time: match[2] ?? "" };
}
