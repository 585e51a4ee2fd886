import { commandsIn } from "../../domain/coding-tools/shell-words.ts";
import type { Context } from "../command.ts";
import { GLOBAL_OPTIONS } from "../input/options.ts";
import type { ActAnswer } from "./page-server.ts";

/** What the reader of a page may do from it: what answers, asks and tidies, and nothing that concerns this host. */
const VERBS: ReadonlySet<string> = new Set([
  ...["accept", "decline", "cancel", "reclaim", "takeover"],
  ...["reply", "send", "broadcast", "request", "need", "tell", "retire"],
]);

/** They would name another hub or another session than the one that serves. */
const REFUSED: ReadonlySet<string> = new Set(
  GLOBAL_OPTIONS.flatMap(([flags]) => flags.match(/-{1,2}[a-z-]+/gi) ?? []),
);

/**
 * Returns the words of a line that a page may run, without `hive`; or why it may not. The line is split as a shell would,
 * and no shell sees it.
 */
export function wordsToRun(line: string): readonly string[] | { readonly refusal: string } {
  const [command, another] = commandsIn(line.trim());
  const [program, verb = "", ...rest] = command?.words ?? [];
  if (another !== undefined || (command?.targets.length ?? 0) > 0)
    return { refusal: "One command at a time, and only hive: quote ; & | < > in texts." };
  if (program !== "hive") return { refusal: "A line begins with hive, such as: hive reply k3f9 Yes" };
  if (!VERBS.has(verb))
    return { refusal: `From here: ${[...VERBS].join(", ")}. All others run in a terminal: ${line.trim()}` };
  const end = rest.indexOf("--");
  const options = (end < 0 ? rest : rest.slice(0, end)).map((word) => word.split("=")[0] ?? "");
  const refused = options.find((option) => REFUSED.has(option));
  if (refused !== undefined) return { refusal: `${refused} is only for a terminal.` };
  if (rest.some((word) => /^<[a-z ]+>$/.test(word))) return { refusal: "Put your words in place of <...>." };
  return [verb, ...rest];
}

/** Runs a line for the reader of a page, as the session that serves it. */
export async function act(
  line: string,
  { world, globals: { hub, as, timeout }, run }: Pick<Context, "world" | "globals" | "run">,
): Promise<ActAnswer> {
  const words = wordsToRun(line);
  if ("refusal" in words) return { done: false, text: words.refusal };
  const globals = Object.entries({ hub, as, timeout }).flatMap(([name, value]) =>
    value === undefined ? [] : [`--${name}`, value],
  );
  let text = "";
  const print = (printed: string) => {
    text += printed;
  };
  const silent = { out: print, err: print, isTerminal: false, isErrorTerminal: () => false };
  const alone = { isInteractive: () => false, readInput: async () => "", readInputWithin: async () => "" };
  const code = await run([...globals, ...words], { ...world, ...silent, ...alone });
  return { done: code === 0, text: text.trimEnd() };
}
