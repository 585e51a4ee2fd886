import { SessionId, Ulid } from "./ids.ts";
import { Instant } from "./instant.ts";
import { TEXT_LIMIT } from "./text.ts";
import { Urgency } from "./urgency.ts";
import * as z from "./z.ts";

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
