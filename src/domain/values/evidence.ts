import * as z from "./z.ts";

export const EVIDENCE_LIMIT = 2000;

/** The URL of the finished work: http or https, without credentials, at most 2,000 characters. */
export const Evidence = z
  .string()
  .check(
    z.trim(),
    z.maxLength(EVIDENCE_LIMIT, `a URL has at most ${EVIDENCE_LIMIT} characters`),
    z.refine(isWebAddress, "the evidence must be an http or https URL without credentials"),
  );

/** Whether a text is exactly one web address without credentials, so that it is safe to show to others. */
function isWebAddress(text: string): boolean {
  if (!/^https?:\/\/[^\s\p{Cc}\p{Cf}\p{Cs}]+$/iu.test(text) || !URL.canParse(text)) return false;
  const { username, password, hostname } = new URL(text);
  return username === "" && password === "" && hostname !== "";
}
