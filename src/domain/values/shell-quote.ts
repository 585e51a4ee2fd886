/** What a terminal or a shell may act on even inside quotes when it is pasted, or shows in another order. */
const UNSEEN = /[\p{Cc}\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]+/gu;

/**
 * A text as one argument of a POSIX shell, safe to copy: nothing in it is expanded or run.
 * White space and control characters are folded to single spaces, so a paste never ends early.
 */
export function quoteForShell(text: string): string {
  const folded = foldForShell(text);
  return /["$`\\!]/.test(folded) ? `'${folded.replaceAll("'", "'\\''")}'` : `"${folded}"`;
}

/** The text of an argument as it is quoted: on one line, without control characters. */
export function foldForShell(text: string): string {
  return text.replaceAll(UNSEEN, " ").replaceAll(/\s+/gu, " ").trim();
}

/** The same as the next argument of a command: a text that begins with a dash would be read as an option, or as standard input. */
export function shellArgument(text: string): string {
  return `${foldForShell(text).startsWith("-") ? "-- " : ""}${quoteForShell(text)}`;
}
