import type { Command } from "../command.ts";
import { writes } from "../prints.ts";
import { submit } from "../submit.ts";

function defineAttention(
  kind: "follow" | "mute",
  texts: Pick<Command, "usage" | "notes" | "examples" | "undo">,
  isInverse = false,
): Command {
  return {
    ...texts,
    prints: writes("target, follows[], mutes[], known"),
    async run(context, [target = ""], options) {
      const input = { target, off: isInverse || options.off === true };
      return submit(context, await context.open(), kind, input, (result) => {
        const list = kind === "follow" ? result.follows : result.mutes;
        const word = kind === "follow" ? "You follow" : "You mute";
        const doubt = result.known || input.off ? "" : unused(kind, result.target);
        return { text: `${word}: ${list.join(", ") || "nothing"}.${doubt}`, id: result.target };
      });
    },
  };
}

/** Says that nothing has the name, because it may be a typo. */
function unused(kind: "follow" | "mute", topic: string): string {
  const named = topic.slice(1);
  return `\nNo message is about ${topic} yet, no other session follows it${kind === "mute" ? `, and no session is called ${named}` : ""}. If it is a typo: hive un${kind} "${topic}"`;
}

export const follow = defineAttention("follow", {
  usage: "<topic|message>",
  notes: [
    "A message, by its id or a unique start or end of it, means its whole conversation. You follow your own",
    "conversations anyway, but not their topics. Following also stops muting.",
  ],
  examples: ["hive follow deploy", "hive follow 01KG9M2V00"],
  undo: "hive unfollow <topic|message>",
});

export const unfollow = defineAttention(
  "follow",
  {
    usage: "<topic|message>",
    notes: ["Only what hive follow added: you still get the answers in your own conversations."],
    examples: ["hive unfollow deploy", "hive unfollow 01KG9M2V00"],
    undo: "hive follow <topic|message>",
  },
  true,
);

export const mute = defineAttention("mute", {
  usage: "<topic|message|session>",
  notes: [
    "Muted messages are not in your inbox, except urgent messages to you. Muting also stops following.",
  ],
  examples: ["hive mute session-7-monitor", "hive mute deploy"],
  undo: "hive unmute <topic|message|session>; if you followed it, hive follow it again",
});

export const unmute = defineAttention(
  "mute",
  {
    usage: "<topic|message|session>",
    notes: ["Messages that came meanwhile are in hive inbox --all."],
    examples: ["hive unmute session-7-monitor", "hive unmute deploy"],
    undo: "hive mute <topic|message|session>",
  },
  true,
);
