import type { Instant } from "../../domain/values/instant.ts";
import { isSessionId } from "../../domain/values/session-id.ts";
import type { BoardEntry } from "./read-board.ts";
import type { Fields } from "./read-object.ts";
import { type SeedFile, type SeedKind, stemOf } from "./seed-file.ts";
import { readTime, timeInName } from "./times.ts";
import { asText, keepRest, type Note, textOf } from "./values.ts";

/** A message before its sender and recipient have ids. */
export interface MessageDraft {
  readonly file: SeedFile;
  readonly from: string;
  /** A name, or `all`. */
  readonly to: string;
  /** What was written where `to` does not say it. */
  readonly writtenTo: string | undefined;
  /** Free text: it names a recipient only if somebody else in the directory has that name. */
  readonly isLooseTo: boolean;
  readonly at: Instant | undefined;
  /** The time as it was written, for the id of a message without a usable one. */
  readonly writtenAt: string;
  readonly subject: string;
  readonly body: string;
  readonly priority: string | undefined;
  readonly request: string | undefined;
  readonly rest: Fields;
}

export const NOBODY = "unknown";
const EVERYONE = ["", "all", "broadcast", "everyone", "everybody", "*"];
const TIMES = ["timestamp", "sent_at", "time", "date", "created_at"];
const TEXTS = ["message", "body", "text", "content"];
const PRIORITIES = ["priority", "urgency"];

/** Keys of the hub's own message file. */
const RESERVED = ["id", "from", "to", "priority", "sent_at", "subject", "request_id", "body"];

/** How deep a value in the front matter may be: its readers are strict about YAML. */
const DEPTH = 5;

/** The keys that the old tools wrote into a message, the text last. */
export const MESSAGE_SHAPE = {
  keys: ["from", "to", "timestamp", "subject", "message", "priority", "type", "id", "request_id"],
  text: "message",
};

/** The message in a file of `messages/`; undefined when it has no text at all. */
export function draftOfFile(
  file: SeedFile,
  kind: SeedKind,
  fields: Fields,
  note: Note,
): MessageDraft | undefined {
  const subject = textOf(fields, ["subject"]) ?? "";
  const body = textOf(fields, TEXTS) ?? "";
  if (subject === "" && body === "") return undefined;
  const timeKey = TIMES.find((key) => readTime(fields[key]) !== undefined) ?? "timestamp";
  const textKey = TEXTS.find((key) => asText(fields[key]) !== undefined) ?? "message";
  const plain = ["from", "to", "subject", "message", "request_id", timeKey, textKey, ...PRIORITIES];
  const used = plain.filter((key) => typeof fields[key] !== "object" || fields[key] === null);
  return {
    file,
    ...addressOf(file, kind, asText(fields.to)?.trim() ?? ""),
    from: asText(fields.from)?.trim() ?? senderInName(file),
    at: readTime(fields[timeKey]),
    writtenAt: asText(fields[timeKey])?.trim() ?? "",
    subject,
    body,
    priority: textOf(fields, PRIORITIES),
    request: asText(fields.request_id),
    rest: keepRest(fields, { used, reserved: RESERVED, depth: DEPTH }, note),
  };
}

/** The message of a board's entry; undefined when it has no text at all. */
export function draftOfEntry(file: SeedFile, entry: BoardEntry, note: Note): MessageDraft | undefined {
  const subject = entry.fields.get("subject") ?? entry.heading ?? "";
  if (subject === "" && entry.text === "") return undefined;
  const sender = splitTime(entry.fields.get("from") ?? "");
  const writtenAt = entry.fields.get("time") ?? entry.fields.get("date") ?? sender.time;
  const to = (entry.fields.get("to") ?? "").trim();
  const fields = Object.fromEntries(
    [...entry.fields].map(([key, value]) => [key.replaceAll(" ", "_"), value]),
  );
  const used = ["from", "to", "time", "date", "subject", "message", ...PRIORITIES];
  return {
    file,
    from: sender.name === "" ? NOBODY : sender.name,
    to: isEveryone(to) ? "all" : to,
    writtenTo: EVERYONE.includes(to.toLowerCase()) ? undefined : to,
    isLooseTo: true,
    at: readTime(writtenAt),
    writtenAt: writtenAt.trim(),
    subject: entry.request === undefined ? subject : `Request ${entry.request}`,
    body: entry.text,
    priority: PRIORITIES.map((key) => entry.fields.get(key)).find((word) => word !== undefined),
    request: entry.request,
    rest: keepRest(fields, { used, reserved: RESERVED, depth: DEPTH }, note),
  };
}

/** A direct message is for the folder it lies in, a broadcast for all, whatever its text says. */
function addressOf(file: SeedFile, kind: SeedKind, written: string) {
  const to = kind === "direct" ? (file.path.split("/")[2] ?? "").trim() : "all";
  const isSaid = written === to || written === "" || (to === "all" && isEveryone(written));
  return { to: to === "" ? NOBODY : to, writtenTo: isSaid ? undefined : written, isLooseTo: false };
}

function isEveryone(written: string): boolean {
  if (EVERYONE.includes(written.toLowerCase())) return true;
  return !isSessionId(written) && /^all\b/i.test(written);
}

/** `2025-11-15_09-54-11-session-1.json` was sent by session-1. */
function senderInName(file: SeedFile): string {
  const stem = stemOf(file.path);
  const sender = timeInName(file.path) ? stem.slice("2025-11-15_09-54-11-".length) : "";
  return isSessionId(sender) ? sender : NOBODY;
}

/** `Current Session (2025-11-15 21:30 UTC)` is a name and a time. */
function splitTime(written: string): { name: string; time: string } {
  const match = /^(.*)\(([^()]{8,40})\)$/.exec(written);
  if (match?.[1] === undefined || readTime(match[2]) === undefined) return { name: written, time: "" };
  return { name: match[1].trim(), time: match[2] ?? "" };
}
