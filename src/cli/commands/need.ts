import { ask, REQUEST_OPTIONS } from "../ask.ts";
import type { Command } from "../command.ts";
import { ASKED } from "../prints.ts";

export const need: Command = {
  usage: "<skill> [text] [urgency|words...]",
  options: REQUEST_OPTIONS,
  notes: ["The short name of hive request --to-capability."],
  examples: [
    'hive need deployment "Ship 1.4 to production" --priority high',
    'hive need rust "Review the parser" --for 2d',
  ],
  undo: "hive cancel <request>",
  prints: ASKED,
  async run(context, [to_capability = "", ...words], options) {
    return ask(context, { to_capability }, words, options);
  },
};
