import { change } from "../../decision.ts";
import { defineOperation } from "../../operation.ts";
import type { Refusal } from "../../refusal.ts";
import type { Snapshot } from "../../snapshot.ts";
import { SessionId, Topic } from "../../values/ids.ts";
import { Text } from "../../values/text.ts";
import { isTopic } from "../../values/topic.ts";
import { Urgency } from "../../values/urgency.ts";
import * as z from "../../values/z.ts";
import { describeMessage } from "../describe.ts";
import { Intent, type Message, type Recipient } from "../message.ts";
import { unknownRecipient, wroteItself } from "../refusals.ts";
import { putMessages } from "../write.ts";

/** A session, a topic with its `#`, or a followed topic without it. */
const Address = z
  .string()
  .check(
    z.regex(
      /^#?(?=.{1,64}$)[a-z0-9]+(?:-[a-z0-9]+)*$/,
      "a session or a topic has 1 to 64 lower-case letters, digits and single hyphens",
    ),
  );

/** Sends a message to one session, or to every session that follows a topic. */
export const send = defineOperation({
  kind: "send",
  by: "registered",
  reads: ["sessions", "messages"],
  input: z.object({ to: Address, text: Text, intent: Intent, priority: Urgency }),
  decide(state, input, by) {
    const to = findRecipient(state, input.to);
    if (typeof to === "object") return to;
    if (to === by.session) return wroteItself(by.session);
    const message: Message = {
      id: by.op,
      from: by.session,
      to,
      priority: input.priority,
      intent: input.intent,
      sent_at: by.at,
      body: input.text,
    };
    return change(describeMessage("send", message), putMessages(state, [message]), {
      message,
      ...(isTopic(to) ? { followers: followersOf(state.sessions, to, by.session) } : {}),
    });
  },
});

/** The other sessions whose inbox gets the messages of a topic. */
function followersOf(sessions: Snapshot["sessions"], topic: Topic, author: SessionId): SessionId[] {
  return [...sessions.values()]
    .filter(({ id, follows }) => id !== author && follows?.includes(topic))
    .map(({ id }) => id)
    .sort();
}

function findRecipient({ sessions }: Pick<Snapshot, "sessions">, name: string): Recipient | Refusal {
  if (name.startsWith("#")) return Topic.parse(name);
  const session = SessionId.safeParse(name);
  if (session.success && sessions.has(session.data)) return session.data;
  const topic = Topic.parse(`#${name}`);
  const isFollowed = [...sessions.values()].some(({ follows }) => follows?.includes(topic));
  return isFollowed ? topic : unknownRecipient(name, sessions.keys());
}
