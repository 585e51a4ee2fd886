import * as z from "./z.ts";

export const EVIDENCE_LIMIT = 2000;

/** The address of what was done: http or https, without credentials, at most 2,000 characters. */
export const Evidence = z
  .string()
  .check(
    z.trim(),
    z.maxLength(EVIDENCE_LIMIT, `an address has at most ${EVIDENCE_LIMIT} characters`),
    z.refine(isWebAddress, "an http or https URL without credentials is asked for"),
  );

/** Whether a text is one web address that may be passed on: nothing in it is a secret, and nothing but a URL. */
function isWebAddress(text: string): boolean {
  if (!/^https?:\/\/[^\s\p{Cc}\p{Cf}\p{Cs}]+$/iu.test(text) || !URL.canParse(text)) return false;
  const { username, password, hostname } = new URL(text);
  return username === "" && password === "" && hostname !== "";
}
