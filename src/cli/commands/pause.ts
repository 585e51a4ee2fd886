import { PAUSED } from "../../domain/sessions/away.ts";
import type { Command } from "../command.ts";
import { HEARTBEAT } from "../prints.ts";
import { FORCE, optionText, textOf } from "../submit.ts";
import { submitStatus } from "./status.ts";

export const pause: Command = {
  usage: "",
  options: [
    ["--until <time>", "when you are back, such as 2h, 17:00 or an instant (until your next status)"],
    ["-m, --message <why>", "the reason; - reads it from stdin"],
    FORCE,
  ],
  examples: ["hive pause --until 2h", 'hive pause --until "Mon 09:00 Europe/Berlin" -m "Quota is used up"'],
  undo: "hive status --state active",
  prints: HEARTBEAT,
  async run(context, _, options) {
    const why = optionText(options.message);
    const work = why === undefined ? undefined : await textOf(context, why);
    return submitStatus(context, { status: PAUSED, work, until: optionText(options.until) });
  },
};
