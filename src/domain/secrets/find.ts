import { findInAddresses } from "./addresses.ts";
import { findInCommands } from "./commands.ts";
import { findKnownTokens, findPrivateKeys } from "./known-tokens.ts";
import { findNamed } from "./named.ts";
import { findRandomTexts } from "./random.ts";
import type { Secret } from "./secret.ts";

/** What stands in a text instead of a secret. */
export const MASK = "***";

/**
 * Finds what looks like a secret in a text: in the order of the text, without overlaps. The time grows with the length
 * of the text, and not faster.
 */
export function findSecrets(text: string): Secret[] {
  return joined([
    ...findPrivateKeys(text),
    ...findKnownTokens(text),
    ...findInAddresses(text),
    ...findInCommands(text),
    ...findNamed(text),
    ...findRandomTexts(text),
  ]);
}

/** Joins secrets that overlap. A part that is in doubt is sure where another rule is sure of all of it. */
function joined(secrets: readonly Secret[]): Secret[] {
  const all: Secret[] = [];
  for (const secret of [...secrets].sort((a, b) => a.start - b.start || b.end - a.end)) {
    const last = all.at(-1);
    if (last === undefined || secret.start >= last.end) all.push(secret);
    else if (secret.end <= last.end)
      all[all.length - 1] = { ...last, isCertain: last.isCertain || isWhole(secret, last) };
    else all[all.length - 1] = { ...last, end: secret.end, isCertain: last.isCertain && secret.isCertain };
  }
  return all;
}

function isWhole(part: Secret, whole: Secret): boolean {
  return part.isCertain && part.start === whole.start && part.end === whole.end;
}

/** What is left after a mask may look like a secret beside it. It is searched again, at most so many times. */
const MAX_ROUNDS = 4;

/** Returns the text with all secrets masked; undefined where it is not sure where a secret is, or where it ends. */
export function maskSecrets(text: string): string | undefined {
  let masked = text;
  for (let round = 0; round < MAX_ROUNDS; round++) {
    const next = maskOnce(masked);
    if (next === undefined || next === masked) return next;
    masked = next;
  }
  return undefined;
}

function maskOnce(text: string): string | undefined {
  const secrets = findSecrets(text);
  if (secrets.some(({ isCertain }) => !isCertain)) return undefined;
  let masked = "";
  let at = 0;
  for (const { start, end } of secrets) {
    masked += `${text.slice(at, start)}${MASK}`;
    at = end;
  }
  return masked + text.slice(at);
}
