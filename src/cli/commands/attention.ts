import { unregistered } from "../../app/unregistered.ts";
import type { ResultOf } from "../../domain/operations.ts";
import { quoteOthers } from "../../domain/values/framed.ts";
import { nearNames } from "../../domain/values/near.ts";
import { RefusedError } from "../../errors.ts";
import type { Command, CommandAnswer, Context } from "../command.ts";
import { noteReading } from "../freshness.ts";
import { writes } from "../prints.ts";
import { UNVERIFIED } from "../render/quoted.ts";
import { submit } from "../submit.ts";

function defineAttention(
  kind: "follow" | "mute",
  texts: Pick<Command, "usage" | "notes" | "examples" | "undo">,
  isInverse = false,
): Command {
  const written = writes("target, follows[], mutes[], known, changed, stopped?");
  return {
    ...texts,
    prints: isInverse ? written : `${written}; or without a name: follows[], mutes[]`,
    async run(context, [target], options) {
      if (target === undefined) return list(context, kind);
      const input = { target, off: isInverse || options.off === true };
      return submit(context, await context.open(), kind, input, (result) => {
        const left = kind === "follow" ? result.follows : result.mutes;
        const all = `You ${kind}: ${left.join(", ") || "nothing"}.`;
        if (input.off)
          return {
            text: result.changed ? all : `${neverDone(kind, result.target, left)} ${all}`,
            id: result.target,
          };
        const notes = `${stopped(kind, result)}${result.known ? "" : unused(kind, result.target)}`;
        return { text: `${all}${notes}`, id: result.target };
      });
    },
  };
}

/** Says that the name was in the other list, because the undoing command does not put it back there. */
function stopped(kind: "follow" | "mute", { target, stopped: list }: ResultOf<"follow">): string {
  if (list === undefined) return "";
  const other = kind === "mute" ? "follow" : "mute";
  return `\nYou ${other} it no more. hive un${kind} does not change that: hive ${other} "${target}"`;
}

/** Says that there was nothing to undo, and which name may be meant. */
function neverDone(kind: "follow" | "mute", target: string, all: readonly string[]): string {
  const near = nearNames(target, all);
  return `You did not ${kind} ${target}.${near.length > 0 ? ` Did you mean ${near.join(" or ")}?` : ""}`;
}

/** Lists what the author follows or mutes: topics, sessions, and conversations with their first words. */
async function list(context: Context, kind: "follow" | "mute"): Promise<CommandAnswer> {
  const { hive, identity } = await context.open();
  const { session } = identity();
  const read = await hive.read(["sessions", "messages"]);
  noteReading(context, read);
  const profile = read.state.sessions.get(session);
  if (profile === undefined) throw new RefusedError((await unregistered(hive, session)).refusal);
  const { follows = [], mutes = [] } = profile;
  const names: readonly string[] = kind === "follow" ? follows : mutes;
  const begun = read.state.messages.filter(({ id }) => names.includes(id));
  const wordsOf = (name: string) => begun.find(({ id }) => id === name)?.body;
  const isQuoting = begun.some(({ from }) => from !== session);
  const lines = names.map((name) => `${name} ${quoteOthers(wordsOf(name) ?? "", 40)}`.trim());
  return {
    json: { follows, mutes },
    text:
      lines.length > 0
        ? [...(isQuoting ? [UNVERIFIED] : []), ...lines]
        : `You ${kind} nothing. To ${kind}: hive ${kind} <topic>`,
    id: names.join("\n"),
  };
}

/** Says that nothing has the name, because it may be a typo. */
function unused(kind: "follow" | "mute", topic: string): string {
  const named = topic.slice(1);
  return `\nNo message is about ${topic} yet, no other session follows it${kind === "mute" ? `, and no session is called ${named}` : ""}. If it is a typo: hive un${kind} "${topic}"`;
}

export const follow = defineAttention("follow", {
  usage: "[topic|message]",
  notes: [
    "Without a name, lists what you follow.",
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
  usage: "[topic|message|session]",
  notes: [
    "Without a name, lists what you mute.",
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
