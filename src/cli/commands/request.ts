import { parseSession } from "../../app/workplace/workplace.ts";
import { wrongCall } from "../../errors.ts";
import { ask, DEADLINE } from "../ask.ts";
import type { Command } from "../command.ts";
import { ASKED, AWAY, MATCH } from "../prints.ts";
import { FORCE, optionText } from "../submit.ts";

export const request: Command = {
  usage: "[session] [text] [urgency]",
  options: [
    [
      "--to-capability <skill>",
      "instead of a session: all sessions with this skill; the first to accept gets it",
    ],
    DEADLINE,
    FORCE,
  ],
  examples: [
    'hive request session-1-dashboard "Need a UI for the analytics dashboard"',
    "cat details.md | hive request session-4-deployment - urgent",
    'hive request --to-capability deployment "Ship 1.4" high --deadline 4h',
  ],
  undo: "hive cancel <request>",
  prints: `${ASKED}, away? ${AWAY}, instead?[] ${MATCH}`,
  async run(context, args, options) {
    const skill = optionText(options.toCapability);
    const [words, names] = skill === undefined ? [args.slice(1), ["session", "text"]] : [args, ["text"]];
    const missing = names[args.length];
    if (missing !== undefined)
      throw wrongCall(`Missing required argument '${missing}'.`, "See: hive request --help");
    if (words.length > 2)
      throw wrongCall(
        "Too many arguments: --to-capability replaces the session.",
        "See: hive request --help",
      );
    const addressee = skill === undefined ? { to: parseSession(args[0] ?? "") } : { to_capability: skill };
    return ask(context, addressee, words, options);
  },
};
