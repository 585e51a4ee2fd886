import type { Command } from "../command.ts";
import { writes } from "../prints.ts";
import { submit } from "../submit.ts";

function defineAttention(
  kind: "follow" | "mute",
  texts: Pick<Command, "usage" | "notes" | "examples" | "undo">,
): Command {
  return {
    ...texts,
    options: [["--off", kind === "follow" ? "stop following it" : "stop muting it"]],
    prints: writes("target, follows[], mutes[], known"),
    async run(context, [target = ""], options) {
      const input = { target, off: options.off === true };
      return submit(context, await context.open(), kind, input, (result) => {
        const list = kind === "follow" ? result.follows : result.mutes;
        const word = kind === "follow" ? "You follow" : "You mute";
        const doubt = result.known || options.off === true ? "" : unused(kind, result.target);
        return { text: `${word}: ${list.join(", ") || "nothing"}.${doubt}`, id: result.target };
      });
    },
  };
}

/** Says that nothing has the name, because it may be a typo. */
function unused(kind: "follow" | "mute", topic: string): string {
  const named = topic.slice(1);
  return `\nNo message is about ${topic} yet, no other session follows it${kind === "mute" ? `, and no session is called ${named}` : ""}. If it is a typo: hive ${kind} "${topic}" --off`;
}

export const follow = defineAttention("follow", {
  usage: "<topic|message>",
  notes: [
    "A message, by any unique prefix of its id, means its whole conversation. You follow your own conversations",
    "anyway, but not their topics. Following also stops muting.",
  ],
  undo: "hive follow <topic|message> --off",
  examples: ["hive follow deploy", "hive follow 01KG9M2V00 --off"],
});

export const mute = defineAttention("mute", {
  usage: "<topic|message|session>",
  notes: [
    "Muted messages are not in your inbox, except urgent messages to you. Muting also stops following.",
  ],
  undo: "hive mute <topic|message|session> --off",
  examples: ["hive mute session-7-monitor", "hive mute deploy --off"],
});
