import { isNear } from "../../domain/values/near.ts";
import { Urgency } from "../../domain/values/urgency.ts";
import { wrongCall } from "../../errors.ts";
import type { Context, Options } from "../command.ts";
import { optionText, textOf } from "../submit.ts";

/** The priority option of every command that sends a text. */
export const PRIORITY = ["--priority <priority>", "normal, high or urgent (normal)"] as const;

/** The text option of every command that sends a text. */
export const MESSAGE_TEXT = [
  "-m, --message <text>",
  "instead of the argument: the text; - reads it from stdin",
] as const;

/** Returns the note of `--message`, or standard input for `-`; undefined without the option. Throws HiveError. */
export async function noteOf(context: Context, options: Options): Promise<string | undefined> {
  const message = optionText(options.message);
  return message === undefined ? undefined : textOf(context, message);
}

/** A text that was given as one argument or as several words. */
export function joinWords(words: readonly string[]): string | undefined {
  return words.length === 0 ? undefined : words.join(" ");
}

/**
 * Returns the text of `--message`, else of the words; standard input for `-`; undefined without both. Throws HiveError
 * where both are given.
 */
export async function textOrNote(
  context: Context,
  words: readonly string[],
  options: Options,
): Promise<string | undefined> {
  const written = joinWords(words);
  if (written === undefined) return noteOf(context, options);
  if (options.message !== undefined) throw givenTwice();
  return textOf(context, written);
}

function givenTwice(): Error {
  return wrongCall("The text is given twice: as the argument and by --message.", "Give it once.");
}

/**
 * Reads a text and its priority from the last arguments of a command. Exactly two, of which the second is a priority,
 * are a text and its priority; any other words are one text. Beside the text of `--message`, only a priority may stand.
 * Throws HiveError.
 */
export async function textAndPriority(
  context: Context,
  words: readonly string[],
  options: Options,
): Promise<{ text: string; priority: Urgency }> {
  const option = optionText(options.priority);
  const named = option === undefined ? undefined : priorityOf(option, true);
  if (options.message !== undefined) return messageAndPriority(context, words, options, named);
  const [first = "", second, ...more] = words;
  if (second === undefined || more.length > 0) {
    noteLastWord(context, words, named);
    return { text: await textOf(context, joinWords(words)), priority: named ?? "normal" };
  }
  // Before a quoted text, a priority is no part of it.
  if (isPriority(first) && /\s/u.test(second.trim()))
    return { text: await textOf(context, second), priority: onePriority(priorityOf(first), named) };
  // What follows a quoted text, or `-`, was meant as the priority.
  const isWhole = first === "-" || first === "" || second.trim() === "" || /\s/u.test(first);
  const isMeant = isPriority(second) || (named === undefined && nearPriority(second) !== undefined);
  if (!isWhole && !isMeant) return { text: `${first} ${second}`, priority: named ?? "normal" };
  const priority = onePriority(priorityOf(second), named);
  return { text: await textOf(context, first), priority };
}

/** Reads a text of `--message`, and the priority that may stand in the place of the text. Throws HiveError. */
async function messageAndPriority(
  context: Context,
  [word, ...others]: readonly string[],
  options: Options,
  named: Urgency | undefined,
): Promise<{ text: string; priority: Urgency }> {
  if (others.length > 0 || (word !== undefined && !isPriority(word))) throw givenTwice();
  const priority = onePriority(word === undefined ? undefined : priorityOf(word), named);
  return { text: await textOf(context, optionText(options.message)), priority };
}

/** The priority that stands after the text, or that of the option. Throws HiveError where they differ. */
function onePriority(written: Urgency | undefined, named: Urgency | undefined): Urgency {
  if (written !== undefined && named !== undefined && named !== written)
    throw wrongCall(
      `The priority is given twice: ${written} and ${named}.`,
      "Give it once: --priority urgent",
    );
  return written ?? named ?? "normal";
}

/** Says that the last of many words is part of the text, where it may have been meant as the priority. */
function noteLastWord({ io }: Context, words: readonly string[], named: Urgency | undefined): void {
  const last = words.at(-1) ?? "";
  if (words.length <= 2 || named !== undefined || last === "normal") return;
  const meant = isPriority(last) ? last : nearPriority(last);
  if (meant !== undefined)
    io.note(`${last} is the last word of the text. To make it the priority: --priority ${meant}`);
}

function isPriority(word: string): boolean {
  return Urgency.safeParse(word).success;
}

function priorityOf(word: string, isOption = false): Urgency {
  const { data } = Urgency.safeParse(word);
  if (data !== undefined) return data;
  const meant = nearPriority(word);
  throw wrongCall(
    `${JSON.stringify(word)} is not a priority: normal, high or urgent.`,
    meant === undefined
      ? "Example: --priority high"
      : `Did you mean ${meant}?${isOption ? "" : " If it belongs to the text, quote the whole text."}`,
  );
}

/** The priority that a word may be meant as: mistyped, in capitals, or cut short. */
function nearPriority(word: string): Urgency | undefined {
  const typed = word.toLowerCase();
  const isCut = (priority: string) => typed.length >= 3 && priority.startsWith(typed);
  return Urgency.options.find((each) => isCut(each) || isNear(typed, each));
}
