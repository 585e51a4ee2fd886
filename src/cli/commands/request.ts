import { Urgency } from "../../domain/urgency.ts";
import { parseSession } from "../../workplace.ts";
import type { Command } from "../command.ts";
import { submit, textOf } from "../write.ts";

export const request: Command = {
  usage: "<session> <text> [urgency]",
  examples: [
    'hive request session-1-dashboard "Need a UI for the analytics dashboard"',
    "cat details.md | hive request session-4-deployment - urgent",
  ],
  async run(context, [target = "", argument, urgency = "normal"]) {
    const to = parseSession(target);
    const text = await textOf(context, argument);
    const input = { to, text, urgency: Urgency.parse(urgency) };
    return submit(context, await context.open(), "request", input, ({ collaboration }) => ({
      text: `Asked ${to}: ${collaboration.request_id} (${collaboration.urgency}).\nWatch for the answer: hive inbox`,
      id: collaboration.request_id,
    }));
  },
};
