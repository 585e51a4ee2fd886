import { PAUSED } from "../../domain/away.ts";
import type { Command } from "../command.ts";
import { optionText } from "../write.ts";
import { sayStatus } from "./status.ts";

export const pause: Command = {
  usage: "",
  options: [
    ["--until <time>", "when you are back, as 2h, 17:00 or an instant; without, when you say so"],
    ["-m, --message <why>", "why"],
  ],
  examples: ["hive pause --until 2h", 'hive pause --until "Mon 09:00 Europe/Berlin" -m "Quota is used up"'],
  run: (context, _, options) =>
    sayStatus(context, {
      status: PAUSED,
      work: optionText(options.message),
      until: optionText(options.until),
    }),
};
