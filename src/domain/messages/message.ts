import { SessionId, Topic, Ulid } from "../values/ids.ts";
import { Instant } from "../values/instant.ts";
import { TEXT_LIMIT } from "../values/text.ts";
import { Urgency } from "../values/urgency.ts";
import * as z from "../values/z.ts";

/** `all`, one session, or a topic. */
export const Recipient = z.union([z.literal("all"), SessionId, Topic]);
export type Recipient = z.infer<typeof Recipient>;

/** `ask` expects an answer, `ack` ends a conversation. A message without an intent informs. */
export const Intent = z.enum(["inform", "ask", "ack"]);
export type Intent = z.infer<typeof Intent>;

/** `MESSAGES/YYYY/MM/DD/<id>.md`: YAML front matter, then the body. Unknown keys of the front matter are kept. */
export const Message = z.looseObject({
  id: Ulid,
  from: SessionId,
  to: Recipient,
  priority: Urgency,
  sent_at: Instant,
  subject: z.optional(z.string().check(z.maxLength(4000))),
  request_id: z.optional(z.string()),
  intent: z.optional(Intent),
  reply_to: z.optional(Ulid),
  /** The first message of the conversation; absent in that message itself. */
  thread: z.optional(Ulid),
  /** The question of the recipient to its human that this answers. */
  answers: z.optional(Ulid),
  /** The comment on GitHub that said it. */
  comment: z.optional(z.int()),
  /** The author is a person, and no registered session. */
  person: z.optional(z.literal(true)),
  body: z.string().check(z.maxLength(TEXT_LIMIT)),
});
export type Message = z.infer<typeof Message>;
