import * as z from "./z.ts";

/** Maximum characters of a text. Even at six JSON characters each, the file stays below the readers' size limit. */
export const TEXT_LIMIT = 24_000;
/** Maximum characters of a line. */
export const LINE_LIMIT = 400;

// biome-ignore lint/suspicious/noControlCharactersInRegex: this pattern looks for control characters
export const CONTROL = /[\u0000-\u001f\u007f-\u009f\u2028\u2029]/;

/** One line written by a user or a session: trimmed, 1 to 400 characters, no control characters. */
export const Line = z.string().check(
  z.trim(),
  z.minLength(1, "the text is empty"),
  z.maxLength(LINE_LIMIT, `one line has at most ${LINE_LIMIT} characters`),
  z.refine((text) => !CONTROL.test(text), "the text must be one line without control characters"),
  z.refine((text) => text.isWellFormed(), "the text is not valid Unicode"),
);

/** A text of several lines: trimmed, 1 to 24,000 characters, valid Unicode, line ends as `\n`, no NUL. */
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

/** A note on a step of a request: at most 4,000 characters, so that a record with several notes stays readable. */
export const Note = z.pipe(Text, z.string().check(z.maxLength(4000, "a note has at most 4000 characters")));
