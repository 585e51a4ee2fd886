import { makeVisible } from "../domain/values/visible.ts";

/** Text of another session, as data from a named but unverified author. */
export interface Untrusted {
  readonly from: string;
  readonly untrusted_text: string;
  /** How much of the text is shown, and the command that shows all of it. */
  readonly cut?: string;
}

/** The longest text that an answer shows, in characters: about 500 tokens. */
const MAX_TEXT_LENGTH = 2000;

/**
 * Marks text of another session as untrusted in an answer. A long text is cut where `all` names a command that shows
 * all of it.
 */
export function saidBy(from: string, text: string, all?: string): Untrusted {
  const visible = makeVisible(text);
  if (all === undefined || visible.length <= MAX_TEXT_LENGTH) return { from, untrusted_text: visible };
  const cut = `${MAX_TEXT_LENGTH} of ${visible.length} characters; all of it: ${all}`;
  return { from, untrusted_text: visible.slice(0, MAX_TEXT_LENGTH).toWellFormed(), cut };
}
