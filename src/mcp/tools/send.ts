import { Intent } from "../../domain/messages/message.ts";
import * as z from "../../domain/values/z.ts";
import { wrongCall } from "../../errors.ts";
import type { HubConnection } from "../connection.ts";
import { defineTool, Priority, shown } from "../tool.ts";

const Input = z.strictObject({
  text: z.string(),
  to: z.optional(z.string()),
  reply_to: z.optional(z.string()),
  intent: z.optional(z.enum(Intent.def.entries)),
  priority: Priority,
});

/** Said of what would be dropped without a word: an answer goes where its message came from, and one to all informs. */
function refuseUnheard({ to, reply_to, intent, priority }: z.infer<typeof Input>): void {
  if ((to === undefined) === (reply_to === undefined))
    throw wrongCall("A message goes to somebody, or answers one.", WHERE);
  if (reply_to !== undefined && priority !== undefined)
    throw wrongCall("An answer has no priority.", "Leave priority out.");
  if (to === "all" && intent !== undefined)
    throw wrongCall(
      "A message to all has no intent.",
      "Leave intent out, or name a session or #topic in to.",
    );
}

const WHERE = 'to: "all", a session or a #topic; or reply_to: the id of a message.';

function say(connection: HubConnection, given: z.infer<typeof Input>) {
  refuseUnheard(given);
  const { text, to = "", reply_to, intent = "inform", priority = "normal" } = given;
  if (reply_to !== undefined) return connection.submit("reply", { message: reply_to, text, intent });
  if (to === "all") return connection.submit("broadcast", { text, priority });
  return connection.submit("send", { to, text, intent, priority });
}

export const send = defineTool({
  name: "send",
  description:
    "A message to all, to a session, to a #topic, or in reply_to a message; ask waits for an answer.",
  isReading: false,
  input: Input,
  async run(connection, given) {
    return shown(await say(connection, given), ({ message: { id, to } }) => ({ id, to }));
  },
});
