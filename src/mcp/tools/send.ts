import { Intent } from "../../domain/message.ts";
import * as z from "../../domain/z.ts";
import type { Desk } from "../desk.ts";
import { defineTool } from "../tool.ts";
import { Priority, shown } from "./shared.ts";

const Input = z.strictObject({
  text: z.string(),
  to: z.optional(z.string()),
  reply_to: z.optional(z.string()),
  intent: z.optional(z.enum(Intent.def.entries)),
  priority: Priority,
});

/** An answer goes where what it answers came from; a message to nobody by name goes to all. */
function say(
  desk: Desk,
  { text, to, reply_to, intent = "inform", priority = "normal" }: z.infer<typeof Input>,
) {
  if (reply_to !== undefined) return desk.submit("reply", { message: reply_to, text, intent });
  if (to === undefined || to === "all") return desk.submit("broadcast", { text, priority });
  return desk.submit("send", { to, text, intent, priority });
}

export const send = defineTool({
  name: "send",
  description: "A message to all, to a session or #topic, or in answer to a message.",
  isReading: false,
  input: Input,
  async run(desk, given) {
    return shown(await say(desk, given), ({ message: { id, to } }) => ({ id, to }));
  },
});
