import { ask, DEADLINE } from "../ask.ts";
import type { Command } from "../command.ts";
import { ASKED } from "../prints.ts";
import { FORCE } from "../submit.ts";

export const need: Command = {
  usage: "<skill> <text> [urgency]",
  options: [DEADLINE, FORCE],
  examples: [
    'hive need deployment "Ship 1.4 to production" high',
    'hive need rust "Review the parser" --deadline 2d',
  ],
  undo: "hive cancel <request>",
  prints: ASKED,
  async run(context, [to_capability = "", ...words], options) {
    return ask(context, { to_capability }, words, options);
  },
};
