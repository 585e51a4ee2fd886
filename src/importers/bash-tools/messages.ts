import type { Message, Recipient } from "../../domain/messages/message.ts";
import type { Instant } from "../../domain/values/instant.ts";
import { inOrderOf } from "../../domain/values/order.ts";
import { TEXT_LIMIT } from "../../domain/values/text.ts";
import { firstLine } from "../../domain/values/visible.ts";
import { ulidOf } from "./hash.ts";
import type { MessageDraft } from "./message-drafts.ts";
import type { Names } from "./names.ts";
import type { ObjectFields } from "./read-object.ts";
import type { SeedFile } from "./seed-file.ts";
import { timeInName } from "./times.ts";
import { asUrgency, keepSmall, shorten } from "./values.ts";

/** Facts about the whole directory, for building each message. */
export interface MessageContext {
  readonly names: Names;
  /** The newest time in the directory. */
  readonly newest: Instant;
  /** The request's id in the hub. It may differ if two requests had the same id. */
  requestIdOf(written: string | undefined, text: string): string | undefined;
  note(file: SeedFile, reason: string): void;
}

const MAX_SUBJECT_LENGTH = 4000;
/** Most bytes of unknown keys, because readers need seconds for thousands of YAML keys. */
const MAX_REST_BYTES = 16_384;

/**
 * Builds the messages of these drafts, sorted by id. An id comes from instant and content, not from the file: a
 * broadcast in a file and on the board is one message with the data of both.
 */
export function buildMessages(drafts: readonly MessageDraft[], context: MessageContext): Message[] {
  const single = new Map<string, MessageDraft>();
  for (const draft of drafts) {
    const id = idOf(draft, context);
    const twin = single.get(id);
    single.set(id, twin ? join(twin, draft, context) : draft);
  }
  return [...single.values()].map((draft) => buildMessage(draft, context)).sort(inOrderOf(({ id }) => id));
}

function idOf(draft: MessageDraft, context: MessageContext) {
  const { from, to, at, writtenAt, subject, body } = draft;
  const content = [from, to, at ?? writtenAt, subject.trim(), body.trim()];
  return ulidOf(timeOf(draft, context), JSON.stringify(content));
}

function timeOf({ at, file }: MessageDraft, { newest }: MessageContext): Instant {
  return at ?? timeInName(file.path) ?? newest;
}

function join(first: MessageDraft, second: MessageDraft, context: MessageContext): MessageDraft {
  const differs = Object.entries(second.rest).some(
    ([key, value]) =>
      Object.hasOwn(first.rest, key) && JSON.stringify(first.rest[key]) !== JSON.stringify(value),
  );
  if (differs) context.note(second.file, `${first.file.path} has the same message with other details`);
  const priority = asUrgency(first.priority) ? first.priority : (second.priority ?? first.priority);
  return {
    ...first,
    priority,
    request: first.request ?? second.request,
    rest: { ...second.rest, ...first.rest },
  };
}

function buildMessage(draft: MessageDraft, context: MessageContext): Message {
  const note = (reason: string) => context.note(draft.file, reason);
  const { subject, body } = placeText(draft);
  const request = context.requestIdOf(draft.request, draft.body);
  const message: Message = {
    id: idOf(draft, context),
    from: context.names.idOf(draft.from),
    to: recipientOf(draft, context.names),
    priority: asUrgency(draft.priority) ?? "normal",
    sent_at: timeOf(draft, context),
    ...(subject === "" ? {} : { subject: shorten(subject, MAX_SUBJECT_LENGTH, "the subject", note) }),
    ...(request === undefined ? {} : { request_id: shorten(request, 200, "the request's id", note) }),
    body: shorten(body, TEXT_LIMIT, "the text", note),
  };
  const rest = { ...draft.rest, ...originalValues(draft, message) };
  return { ...message, ...keepSmall({}, rest, MAX_REST_BYTES, note) };
}

/** Moves a text that was pasted into the subject to the body, because readers expect it there. */
function placeText({ subject, body }: MessageDraft): { subject: string; body: string } {
  if (body !== "") return { subject: subject.trim(), body };
  return { subject: subject.trim().includes("\n") ? firstLine(subject, 120) : "", body: subject };
}

function recipientOf({ to, isLooseTo }: MessageDraft, names: Names): Recipient {
  if (to === "all") return "all";
  const id = names.idOf(to);
  return isLooseTo && id !== to && !names.isKnown(to) ? "all" : id;
}

/** The original values for which the hub's format has no field. */
function originalValues(draft: MessageDraft, message: Message): ObjectFields {
  const { from, writtenTo, at, writtenAt, priority, file } = draft;
  const isSame = priority === undefined || priority.trim().toLowerCase() === message.priority;
  return {
    ...(from === message.from ? {} : { seed_from: from }),
    ...(writtenTo === undefined || writtenTo === message.to ? {} : { seed_to: writtenTo }),
    ...(isSame ? {} : { seed_priority: priority }),
    ...(at === undefined && writtenAt !== "" ? { seed_timestamp: writtenAt } : {}),
    ...(at === undefined ? { seed_time: timeInName(file.path) ? "file name" : "unknown" } : {}),
  };
}
