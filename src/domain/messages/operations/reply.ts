import { change } from "../../decision.ts";
import { defineOperation } from "../../operation.ts";
import type { Refusal } from "../../refusal.ts";
import { unknownSession } from "../../sessions/refusals.ts";
import type { Snapshot } from "../../snapshot.ts";
import { Text } from "../../values/text.ts";
import { isTopic } from "../../values/topic.ts";
import * as z from "../../values/z.ts";
import { describeMessage } from "../describe.ts";
import { findMessage, threadOf } from "../find.ts";
import { Intent, type Message, type Recipient } from "../message.ts";
import { acknowledgedAlready, answeredPerson, wroteItself } from "../refusals.ts";
import { putMessages } from "../write.ts";

const Input = z.object({
  message: z.string().check(z.minLength(1, "the message id is empty"), z.maxLength(64)),
  text: Text,
  intent: Intent,
});

/** Answers a message in its conversation: to its author, or to its topic. */
export const reply = defineOperation({
  kind: "reply",
  by: "registered",
  reads: ["sessions", "messages"],
  input: Input,
  decide(state, input, by) {
    const found = findMessage(state.messages, input.message);
    if ("kind" in found) return found;
    const { message: original } = found;
    const to = recipientOf(original, by.session, state);
    if (typeof to === "object") return to;
    if (input.intent === "ack" && original.intent === "ack") return acknowledgedAlready(original);
    const message: Message = {
      id: by.op,
      from: by.session,
      to,
      priority: "normal",
      intent: input.intent,
      reply_to: original.id,
      thread: threadOf(original),
      sent_at: by.at,
      body: input.text,
    };
    return change(describeMessage("reply", message), putMessages(state, [message]), { message });
  },
});

/** The recipient of a reply. A session that replies to its own message writes to that message's recipient again. */
function recipientOf(
  { from, to, person }: Message,
  session: Message["from"],
  { sessions }: Pick<Snapshot, "sessions">,
): Recipient | Refusal {
  if (isTopic(to)) return to;
  const other = from === session ? to : from;
  if (other === "all" || other === session) return wroteItself(session);
  if (sessions.has(other)) return other;
  return person === true && other === from ? answeredPerson(other) : unknownSession(other, []);
}
