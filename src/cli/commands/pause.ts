import { ACTIVE, PAUSED } from "../../domain/sessions/state.ts";
import type { Command } from "../command.ts";
import { endOptions } from "../input/times.ts";
import { HEARTBEAT } from "../prints.ts";
import { FORCE, optionText } from "../submit.ts";
import { submitStatus } from "./status.ts";

export const pause: Command = {
  usage: "",
  options: [
    ...endOptions("you are back", "until hive resume"),
    ["-m, --message <why>", "the reason; - reads it from stdin"],
    FORCE,
  ],
  notes: ["The same as hive status --state paused. To end it: hive resume"],
  examples: ["hive pause --for 2h", 'hive pause --until "mon 9:00" -m "Quota is used up"'],
  undo: "hive resume",
  prints: HEARTBEAT,
  async run(context, _, options) {
    return submitStatus(context, optionText(options.message), options, PAUSED);
  },
};

export const resume: Command = {
  usage: "",
  options: [["-m, --message <text>", "what you are doing now; - reads it from stdin"], FORCE],
  notes: ["The same as hive status --state active."],
  undo: "hive pause, or hive status --state <state>",
  examples: ["hive resume", 'hive resume -m "Review of the API"'],
  prints: HEARTBEAT,
  async run(context, _, options) {
    return submitStatus(context, optionText(options.message), options, ACTIVE);
  },
};
