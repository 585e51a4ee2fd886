import { findInAddresses } from "./addresses.ts";
import { findInCommands } from "./commands.ts";
import { type Gate, whereItMay } from "./gate.ts";
import { findKnownTokens, findPrivateKeys } from "./known-tokens.ts";
import { findNamed } from "./named.ts";
import { findRandomTexts } from "./random.ts";
import type { Secret } from "./secret.ts";

/** What stands in a text instead of a secret. */
export const MASK = "***";

/** Characters that nobody sees, and that may stand within a name or a secret. */
const INVISIBLE =
  /\u00ad|\u034f|[\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff]|[\ufe00-\ufe0f]/gu;

/**
 * Finds what looks like a secret in a text: in the order of the text, without overlaps. The time grows with the length
 * of the text, and not faster.
 */
export function findSecrets(text: string, gate: Gate = whereItMay): Secret[] {
  const visible = text.replaceAll(INVISIBLE, "");
  if (visible === text) return findVisible(text, gate);
  const hidden = [...text.matchAll(INVISIBLE)].map(({ index }) => index);
  return placed(findVisible(visible, gate), hidden);
}

/** The secrets at their places in the text with the invisible characters, which are at the places `hidden`. */
function placed(secrets: readonly Secret[], hidden: readonly number[]): Secret[] {
  let passed = 0;
  const placeOf = (at: number) => {
    while ((hidden[passed] ?? Number.POSITIVE_INFINITY) <= at + passed) passed++;
    return at + passed;
  };
  return secrets.map((secret) => {
    const start = placeOf(secret.start);
    return { ...secret, start, end: placeOf(secret.end - 1) + 1 };
  });
}

function findVisible(text: string, gate: Gate): Secret[] {
  return joined([
    ...findPrivateKeys(text, gate),
    ...findKnownTokens(text, gate),
    ...findInAddresses(text, gate),
    ...findInCommands(text, gate),
    ...findNamed(text, gate),
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
