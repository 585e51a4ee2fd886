import { parseSession } from "../../app/workplace/workplace.ts";
import { wrongCall } from "../../errors.ts";
import { ask, REQUEST_OPTIONS } from "../ask.ts";
import type { Command } from "../command.ts";
import { ASKED, AWAY, MATCH } from "../prints.ts";
import { optionText } from "../submit.ts";

export const request: Command = {
  usage: "[session] [text] [urgency|words...]",
  options: [
    ["--to <session>", "instead of the argument: the session to ask"],
    [
      "--to-capability <skill>",
      "instead of a session: all sessions with this skill; the first to accept gets it",
    ],
    ...REQUEST_OPTIONS,
  ],
  examples: [
    "hive request session-1-dashboard Need a UI for the analytics dashboard",
    'hive request session-1-dashboard "Need a UI" --priority high --until tomorrow',
    "cat details.md | hive request session-4-deployment - urgent",
    'hive request --to-capability deployment "Ship 1.4" high --deadline 4h',
  ],
  undo: "hive cancel <request>",
  prints: `${ASKED}, away? ${AWAY}, instead?[] ${MATCH}`,
  async run(context, given, options) {
    const skill = optionText(options.toCapability);
    const to = optionText(options.to);
    if (to !== undefined && skill !== undefined)
      throw wrongCall("--to and --to-capability exclude each other.", "Give one of them.");
    const args = to === undefined ? given : [to, ...given];
    const [words, names] = skill === undefined ? [args.slice(1), ["session", "text"]] : [args, ["text"]];
    const missing = (options.message === undefined ? names : names.slice(0, -1))[args.length];
    if (missing !== undefined)
      throw wrongCall(`Missing required argument '${missing}'.`, "See: hive request --help");
    const addressee = skill === undefined ? { to: parseSession(args[0] ?? "") } : { to_capability: skill };
    return ask(context, addressee, words, options);
  },
};
