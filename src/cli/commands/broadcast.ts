import { Urgency } from "../../domain/values/urgency.ts";
import type { Command } from "../command.ts";
import { MESSAGE, writes } from "../prints.ts";
import { FORCE, submit, textOf } from "../submit.ts";

export const broadcast: Command = {
  usage: "<text> [priority]",
  options: [FORCE],
  examples: ['hive broadcast "New service on port 8005"', 'hive broadcast "Production is down" urgent'],
  undo: 'none; hive broadcast "<text>" corrects it',
  prints: writes(`message ${MESSAGE}`),
  async run(context, [argument, priority = "normal"]) {
    const text = await textOf(context, argument);
    const input = { text, priority: Urgency.parse(priority) };
    return submit(context, await context.open(), "broadcast", input, ({ message }) => ({
      text: `Broadcast ${message.id} (${message.priority}) to all.`,
      id: message.id,
    }));
  },
};
