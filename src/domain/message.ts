import * as z from "zod/mini";
import { Urgency } from "./collaboration.ts";
import { SessionId, Ulid } from "./ids.ts";
import { Instant } from "./instant.ts";
import { TEXT_LIMIT } from "./text.ts";

/** `all`, or the one session a message is for. */
export const Recipient = z.union([z.literal("all"), SessionId]);
export type Recipient = z.infer<typeof Recipient>;

/** `MESSAGES/YYYY/MM/DD/<id>.md`: YAML front matter, then the body. Unknown keys of the front matter are kept. */
export const Message = z.looseObject({
  id: Ulid,
  from: SessionId,
  to: Recipient,
  priority: Urgency,
  sent_at: Instant,
  subject: z.optional(z.string().check(z.maxLength(4000))),
  request_id: z.optional(z.string()),
  body: z.string().check(z.maxLength(TEXT_LIMIT)),
});
export type Message = z.infer<typeof Message>;

/** Newest first; the id breaks a tie, so every reader has the same order. */
export function newestFirst(a: Message, b: Message): number {
  return a.sent_at === b.sent_at ? (a.id < b.id ? 1 : -1) : a.sent_at < b.sent_at ? 1 : -1;
}

/**
 * The message as its file. Each value of the front matter is written as JSON, which YAML reads as the same value
 * whatever it holds; the body follows untouched.
 */
export function encodeMessage({ body, ...header }: Message): string {
  const lines = Object.entries(header)
    .filter(([, value]) => value !== undefined)
    .map(([key, value]) => `${PLAIN_KEY.test(key) ? key : encodeScalar(key)}: ${encodeScalar(value)}`);
  return `---\n${lines.join("\n")}\n---\n${body}\n`;
}

/** A key that needs no quotes; YAML 1.1 takes the words left out for booleans and null. */
const PLAIN_KEY = /^(?!(?:true|false|null|yes|no|on|off|y|n)$)[a-z][a-z0-9_]*$/;

/** JSON whose every character YAML allows in a double-quoted scalar. */
function encodeScalar(value: unknown): string {
  return JSON.stringify(value).replaceAll(
    /[\u007f-\u009f\u2028\u2029\ufeff\ufffe\uffff]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
}
