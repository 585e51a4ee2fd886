import * as z from "../values/z.ts";
import { HoursFault, parseHours } from "./parse-hours.ts";
import { printHours } from "./print-hours.ts";

const LONGEST = 400;

/** Hours as anybody may write them; its value is the one text that they are kept as. */
export const HoursText = z.pipe(
  z.pipe(
    z.string().check(z.maxLength(LONGEST, `hours have at most ${LONGEST} characters`)),
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
  z.string().check(z.maxLength(LONGEST, `hours have at most ${LONGEST} characters`)),
);
