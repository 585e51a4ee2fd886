import type { Command } from "../command.ts";
import { MESSAGE_TEXT, PRIORITY, textAndPriority } from "../input/words.ts";
import { MESSAGE, writes } from "../prints.ts";
import { FORCE, submit } from "../submit.ts";

export const broadcast: Command = {
  usage: "[text] [priority|words...]",
  options: [MESSAGE_TEXT, PRIORITY, FORCE],
  examples: [
    "hive broadcast New service on port 8005",
    'hive broadcast "Production is down" --priority urgent',
    'hive broadcast "Production is down" urgent',
  ],
  undo: 'none; hive broadcast "<text>" corrects it',
  prints: writes(`message ${MESSAGE}`),
  async run(context, words, options) {
    const input = await textAndPriority(context, words, options);
    return submit(context, await context.open(), "broadcast", input, ({ message }) => ({
      text: `Broadcast ${message.id} (${message.priority}) to all.`,
      id: message.id,
    }));
  },
};
