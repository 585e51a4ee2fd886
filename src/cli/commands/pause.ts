import { ACTIVE, PAUSED } from "../../domain/sessions/state.ts";
import type { Command, Context, Options } from "../command.ts";
import { endOptions } from "../input/times.ts";
import { HEARTBEAT } from "../prints.ts";
import { FORCE } from "../submit.ts";
import { submitStatus } from "./status.ts";

export const pause: Command = {
  usage: "[why...]",
  options: [
    ...endOptions("you are back", "that of the pause that lasts, else until hive resume"),
    ["-m, --message <why>", "instead of the argument: the reason; - reads it from stdin"],
    FORCE,
  ],
  notes: [
    "The same as hive status --state paused. To end it: hive resume. An argument that is only a time is the end.",
  ],
  examples: [
    "hive pause --for 2h",
    "hive pause Lunch",
    'hive pause --until "mon 9:00" -m "Quota is used up"',
  ],
  undo: "hive resume",
  prints: HEARTBEAT,
  async run(context, words, options) {
    const end = await endIn(context, words, options);
    if (end === undefined) return submitStatus(context, words, options, PAUSED);
    return submitStatus(context, [], { ...options, until: end }, PAUSED);
  },
};

/** The time that the words are, as in `pause 2h` and `pause until 17:00`; undefined for a reason, and where an end is given. */
async function endIn(
  { world }: Context,
  words: readonly string[],
  options: Options,
): Promise<string | undefined> {
  if (words.length === 0 || options.until !== undefined || options.for !== undefined) return undefined;
  const text = words.join(" ").replace(/^(?:for|until|till) /, "");
  const { isUntil } = await import("../../app/until.ts");
  return (await isUntil(world, text)) ? text : undefined;
}

export const resume: Command = {
  usage: "[text...]",
  options: [
    ["-m, --message <text>", "instead of the argument: what you are doing now; - reads it from stdin"],
    FORCE,
  ],
  notes: ["The same as hive status --state active."],
  undo: "hive pause, or hive status --state <state>",
  examples: ["hive resume", 'hive resume -m "Review of the API"'],
  prints: HEARTBEAT,
  async run(context, words, options) {
    return submitStatus(context, words, options, ACTIVE);
  },
};
