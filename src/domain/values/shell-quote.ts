/** Characters that a terminal or a shell may act on in pasted text even inside quotes, or that reorder the text. */
const UNSAFE = /[\p{Cc}\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]+/gu;

/**
 * A text as one quoted argument of a POSIX shell. It is safe to copy, because the shell expands and runs nothing in it.
 * Each run of white space and control characters becomes one space, so that a line break does not end a paste early.
 */
export function quoteForShell(text: string): string {
  const folded = foldForShell(text);
  return /["$`\\!]/.test(folded) ? `'${folded.replaceAll("'", "'\\''")}'` : `"${folded}"`;
}

/** The text as `quoteForShell` quotes it: on one line, without control characters. */
export function foldForShell(text: string): string {
  return text.replaceAll(UNSAFE, " ").replaceAll(/\s+/gu, " ").trim();
}

/** The quoted text, after `--` when it begins with a dash: a command would read it as an option or as stdin. */
export function shellArgument(text: string): string {
  return `${foldForShell(text).startsWith("-") ? "-- " : ""}${quoteForShell(text)}`;
}
