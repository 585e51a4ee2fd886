import { wrongCall } from "../../errors.ts";
import type { Command, Options } from "../command.ts";

/** A flag that was renamed. It works as before, is not in the help, and says its new name. */
interface OldFlag {
  readonly old: string;
  /** The option, as commander names it, whose value it gives; undefined where a command replaced the flag. */
  readonly gives?: string;
  /** What to write instead. */
  readonly now: string;
  /** The commands that had it; undefined for every command with the new option. */
  readonly commands?: readonly string[];
}

/** Every renamed flag. */
const OLD_FLAGS: readonly OldFlag[] = [
  { old: "--note <text>", gives: "message", now: "--message" },
  { old: "--status <state>", gives: "state", now: "--state" },
  { old: "--urgency <priority>", gives: "priority", now: "--priority" },
  { old: "--collab <request>", gives: "request", now: "--request", commands: ["log", "watch"] },
  { old: "--from <request>", gives: "request", now: "--request", commands: ["handoff"] },
  { old: "--off", now: "hive unfollow", commands: ["follow"] },
  { old: "--off", now: "hive unmute", commands: ["mute"] },
];

/** The old flags of a command. */
export function oldFlagsOf(name: string, { options = [] }: Pick<Command, "options">): readonly OldFlag[] {
  return OLD_FLAGS.filter(({ gives, commands }) =>
    commands === undefined
      ? options.some(([flags]) => flags.includes(`--${gives} `))
      : commands.includes(name),
  );
}

/** Returns the options with the value of each old flag under its new name, and a note of each new name. Throws HiveError. */
export function withoutOldFlags(
  given: Options,
  olds: readonly OldFlag[],
): { readonly options: Options; readonly notes: readonly string[] } {
  let options = given;
  const notes: string[] = [];
  for (const { old, gives, now } of olds) {
    const [flag = ""] = old.split(" ");
    const key = flag.slice(2);
    const value = options[key];
    if (value === undefined) continue;
    if (gives !== undefined && options[gives] !== undefined)
      throw wrongCall(`${flag} is now ${now}, and both are given.`, `Give only ${now}.`);
    notes.push(`${flag} is now ${now}.`);
    if (gives !== undefined) options = { ...options, [gives]: value };
  }
  return { options, notes };
}
