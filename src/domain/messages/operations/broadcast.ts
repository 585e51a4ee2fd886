import { change } from "../../decision.ts";
import { defineOperation } from "../../operation.ts";
import { Text } from "../../values/text.ts";
import { Urgency } from "../../values/urgency.ts";
import { firstLine } from "../../values/visible.ts";
import * as z from "../../values/z.ts";
import type { Message } from "../message.ts";
import { putMessages } from "../write.ts";

/** Sends a message to every session. */
export const broadcast = defineOperation({
  kind: "broadcast",
  by: "registered",
  reads: ["messages"],
  input: z.object({ text: Text, priority: Urgency }),
  decide(state, input, by) {
    const message: Message = {
      id: by.op,
      from: by.session,
      to: "all",
      priority: input.priority,
      sent_at: by.at,
      body: input.text,
    };
    const urgency = input.priority === "normal" ? "" : ` [${input.priority}]`;
    const subject = `broadcast${urgency} ${by.session}: ${firstLine(input.text, 60)}`;
    return change(subject, putMessages(state, [message]), { message });
  },
});
