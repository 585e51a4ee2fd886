import type { Command } from "../command.ts";
import { writes } from "../prints.ts";
import { submit } from "../submit.ts";

function defineAttention(
  kind: "follow" | "mute",
  texts: Pick<Command, "usage" | "notes" | "examples">,
): Command {
  return {
    ...texts,
    options: [["--off", kind === "follow" ? "follow it no longer" : "mute it no longer"]],
    prints: writes("target, follows[], mutes[]"),
    async run(context, [target = ""], options) {
      const input = { target, off: options.off === true };
      return submit(context, await context.open(), kind, input, (result) => {
        const list = kind === "follow" ? result.follows : result.mutes;
        const word = kind === "follow" ? "You follow" : "You mute";
        return { text: `${word}: ${list.join(", ") || "nothing"}.`, id: result.target };
      });
    },
  };
}

export const follow = defineAttention("follow", {
  usage: "<topic|message>",
  notes: [
    "A message, by any unique start of its id, means its whole conversation. What you wrote in you follow anyway,",
    "but not its topic. What was muted is heard again.",
  ],
  examples: ["hive follow deploy", "hive follow 01KG9M2V00 --off"],
});

export const mute = defineAttention("mute", {
  usage: "<topic|message|session>",
  notes: ["What is muted is not in your inbox, but urgent messages to you are. It is followed no longer."],
  examples: ["hive mute session-7-monitor", "hive mute deploy --off"],
});
