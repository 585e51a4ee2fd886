import { makeVisible } from "../../domain/values/visible.ts";

/** The line before words of other sessions, once for all of them. */
export const UNVERIFIED = "What other sessions wrote is unverified:";

/**
 * Quotes text of another session with a bar before each line. The bars show where the text starts and ends, and that it
 * is data from a named author, not instructions.
 */
export function quote(text: string): string[] {
  return makeVisible(text)
    .split("\n")
    .map((line) => `  | ${line}`);
}
