import { Intent } from "../../domain/messages/message.ts";
import * as z from "../../domain/values/z.ts";
import { wrongCall } from "../../errors.ts";
import type { HubConnection } from "../connection.ts";
import { defineTool, describeWrite, Force, Priority, text } from "../tool.ts";

const Input = z.strictObject({
  text: text("The message"),
  to: z.optional(text("Session, #topic or all")),
  reply_to: z.optional(text("Or a message")),
  intent: z.optional(z.enum(Intent.def.entries)),
  priority: Priority,
  force: Force,
});

/** Throws HiveError for fields that would be ignored: a reply goes to the thread of its message, and a message to all only informs. */
function refuseIgnoredFields({ to, reply_to, intent, priority }: z.infer<typeof Input>): void {
  if ((to === undefined) === (reply_to === undefined))
    throw wrongCall("A message needs exactly one of to and reply_to.", RECIPIENT_HINT);
  if (reply_to !== undefined && priority !== undefined)
    throw wrongCall("A reply has no priority.", "Leave priority out.");
  if (to === "all" && intent !== undefined)
    throw wrongCall(
      "A message to all has no intent.",
      "Leave intent out, or name a session or #topic in to.",
    );
}

const RECIPIENT_HINT = 'to: "all", a session or a #topic; or reply_to: the id of a message.';

function submitMessage(connection: HubConnection, given: z.infer<typeof Input>) {
  refuseIgnoredFields(given);
  const { text: body, to = "", reply_to, intent = "inform", priority = "normal", force } = given;
  if (reply_to !== undefined)
    return connection.submit("reply", { message: reply_to, text: body, intent }, force);
  if (to === "all") return connection.submit("broadcast", { text: body, priority }, force);
  return connection.submit("send", { to, text: body, intent, priority }, force);
}

export const send = defineTool({
  name: "send",
  description: "Send a message. Also: intent (ask, ack), priority (high, urgent).",
  isReading: false,
  input: Input,
  async run(connection, given) {
    return describeWrite(await submitMessage(connection, given), ({ message: { id, to }, ...more }) => ({
      id,
      to,
      ...("followers" in more ? { followers: more.followers } : {}),
    }));
  },
});
