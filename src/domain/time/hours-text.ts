import * as z from "../values/z.ts";
import { HoursFault, parseHours } from "./parse-hours.ts";
import { printHours } from "./print-hours.ts";

const MAX_HOURS_CHARACTERS = 400;

/** Hours as a user writes them. The parsed value is their normalized text, which is what a profile stores. */
export const HoursText = z.pipe(
  z.pipe(
    z
      .string()
      .check(z.maxLength(MAX_HOURS_CHARACTERS, `hours have at most ${MAX_HOURS_CHARACTERS} characters`)),
    z.transform((text: string, context) => {
      try {
        return printHours(parseHours(text));
      } catch (error) {
        if (!(error instanceof HoursFault)) throw error;
        const message = `${error.message} ${error.hint}`.replace(/\.$/, "");
        context.issues.push({ code: "custom", message, input: text });
        return z.NEVER;
      }
    }),
  ),
  z
    .string()
    .check(z.maxLength(MAX_HOURS_CHARACTERS, `hours have at most ${MAX_HOURS_CHARACTERS} characters`)),
);
