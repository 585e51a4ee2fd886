import * as z from "./z.ts";

/** Characters of a text; even if each of them takes six in JSON, the file stays below what a reader takes. */
export const TEXT_LIMIT = 24_000;
export const LINE_LIMIT = 400;

// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is looked for
export const CONTROL = /[\u0000-\u001f\u007f-\u009f\u2028\u2029]/;

/** One line of a person's or an agent's words: trimmed, 1 to 400 characters, no control characters. */
export const Line = z.string().check(
  z.trim(),
  z.minLength(1, "the text is empty"),
  z.maxLength(LINE_LIMIT, `one line has at most ${LINE_LIMIT} characters`),
  z.refine((text) => !CONTROL.test(text), "one line without control characters is asked for"),
  z.refine((text) => text.isWellFormed(), "the text is not valid Unicode"),
);

/** A text of several lines: trimmed, 1 to 24,000 characters, well-formed, line ends as `\n`, no NUL. */
export const Text = z.pipe(
  z.pipe(
    z.string(),
    z.transform((text: string) => text.replaceAll("\r\n", "\n")),
  ),
  z.string().check(
    z.trim(),
    z.minLength(1, "the text is empty"),
    z.maxLength(TEXT_LIMIT, `a text has at most ${TEXT_LIMIT} characters`),
    z.refine((text) => text.isWellFormed() && !text.includes("\0"), "the text is not valid Unicode"),
  ),
);

/** A note beside a move: a text of at most 4,000 characters, so that a record of several stays readable. */
export const Note = z.pipe(Text, z.string().check(z.maxLength(4000, "a note has at most 4000 characters")));
