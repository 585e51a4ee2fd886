import type { GLOBAL_OPTIONS } from "../input/options.ts";

/** The command line before the cursor. */
export interface Line {
  readonly command: string | undefined;
  /** The number of arguments before the cursor. */
  readonly given: number;
  /** The placeholder of the value that the last option still needs, such as `<session>`. */
  readonly awaited: string | undefined;
  /** Whether `--` has ended the options. */
  readonly hasEnded: boolean;
}

/** Reads a command line up to the cursor. An unknown option takes no value. */
export function readLine(words: readonly string[], options: typeof GLOBAL_OPTIONS): Line {
  let line: Line = { command: undefined, given: 0, awaited: undefined, hasEnded: false };
  for (const word of words) line = step(line, word, options);
  return line;
}

function step(line: Line, word: string, options: typeof GLOBAL_OPTIONS): Line {
  if (line.awaited !== undefined) return { ...line, awaited: undefined };
  if (word === "--" && !line.hasEnded) return { ...line, hasEnded: true };
  if (word.startsWith("-") && word !== "-" && !line.hasEnded)
    return { ...line, awaited: placeholderOf(word, options) };
  return line.command === undefined ? { ...line, command: word } : { ...line, given: line.given + 1 };
}

function placeholderOf(flag: string, options: typeof GLOBAL_OPTIONS): string | undefined {
  const found = options.find(([flags]) => flags.split(/[ ,]+/).includes(flag));
  return found?.[0].match(/<[^<>]+>/)?.[0];
}

/** Returns the value of an option on a command line; undefined where it has none. */
export function optionOn(words: readonly string[], flag: string): string | undefined {
  const at = words.indexOf(flag);
  return at < 0 || at === words.length - 1 ? undefined : words[at + 1];
}
