import { makeVisible } from "../../domain/values/visible.ts";

/**
 * Another session's words, line by line behind a bar: whoever reads sees where they start and end, and that they
 * are data from a named author, not instructions.
 */
export function quote(text: string): string[] {
  return makeVisible(text)
    .split("\n")
    .map((line) => `  | ${line}`);
}
