import { isDigest } from "./look.ts";
import type { Secret } from "./secret.ts";

/** The shortest random text that counts as a key, in characters. */
const MIN_KEY = 20;

const RUN = /[A-Za-z0-9+/=_.~%-]{20,4096}/gu;

/** What stands before a digest, a public key, a picture or a part of an address that everybody may read. */
const PUBLIC =
  /(?:\bh1:|\bsha\d{1,3}[-:]|\bSHA256:|\bMD5:|;base64,|\bssh-[a-z0-9-]{3,20}\s|\becdsa-[a-z0-9-]{3,30}\s|\bintegrity\b.{0,4}|\bnonce[-=]"?)$/u;

const PUBLIC_START = /^(?:AAAA|sha\d{1,3}-|\/nix\/store\/)/u;

/** The scheme of an address, in the word that stands before. */
const ADDRESS = /\b(?:https?|git|ssh|s3|gs|file|ftp):\/\/./u;

/** Addresses whose path opens a door. */
const DOOR = /hook|token|secret|reset|invite|verify|magic|confirm|unsubscribe|signin|login|auth|key/iu;

/** Finds long random texts, which are keys of a service that is not known here. */
export function findRandomTexts(text: string): Secret[] {
  return [...text.matchAll(RUN)].flatMap(({ 0: run, index }) => {
    const before = text.slice(Math.max(0, index - 300), index);
    if (PUBLIC.test(before.slice(-40)) || PUBLIC_START.test(run) || isInPublicAddress(before + run))
      return [];
    const isRandomRun = piecesOf(run).some((piece) => piece.length >= MIN_KEY && isRandom(piece));
    return isRandomRun
      ? [{ start: index, end: index + run.length, rule: "random-text", isCertain: true } as const]
      : [];
  });
}

function isInPublicAddress(read: string): boolean {
  const word = read.split(/[\s"'<>]/u).at(-1) ?? "";
  return ADDRESS.test(word) && !DOOR.test(word.slice(word.search(ADDRESS)));
}

/** A key may have the signs of base64; a path or a sentence of names is judged name by name. */
function piecesOf(run: string): string[] {
  const isBase64 = /[+=]/u.test(run) && !/[.~%]/u.test(run);
  return isBase64 ? [run, ...run.split(/[=/]/u)] : run.split(/[/.~%=]/u);
}

function isRandom(piece: string): boolean {
  const word = piece.replace(/={1,3}$/u, "").replace(/^0x/u, "");
  if (isDigest(word) || isOfNames(word) || isPlainBase64(piece)) return false;
  const solid = word.replaceAll(/[-_+/]/gu, "");
  const turns = turnsIn(solid) / solid.length;
  const [hasLower, hasUpper, hasDigit] = [/[a-z]/u, /[A-Z]/u, /\d/u].map((kind) => kind.test(solid));
  if (hasDigit) return turns >= (hasLower && hasUpper ? 0.25 : 0.2);
  return hasLower === true && hasUpper === true && turns >= 0.45;
}

/** Whether a word is made of names and numbers, such as session-4-deployment or getUserById2. */
function isOfNames(word: string): boolean {
  return word
    .split(/[-_]/u)
    .every(
      (name, at, names) =>
        NAME.test(name) || isCamelCase(name) || (at > 0 && names.length <= 6 && PART_ID.test(name)),
    );
}

const NAME = /^(?:[A-Z]?[a-z]*\d{0,4}|[A-Z]*\d{0,4}|\d+|[a-z0-9]{1,4})$/u;

/** What a platform adds to a name: `api-7d9f8b6c5d-x2x4z`, `vpc-0a1b2c3d4e5f67890`. */
const PART_ID = /^(?:[0-9a-f]{6,64}|[a-z0-9]{5,10})$/u;

function isCamelCase(name: string): boolean {
  const words = name.match(/[A-Z]?[a-z]+\d{0,2}|[A-Z]{1,5}\d{0,2}/gu) ?? [];
  return words.join("").length === name.length && name.length / words.length >= 3;
}

/** How often the kind of character changes. */
function turnsIn(word: string): number {
  let turns = 0;
  for (let at = 1; at < word.length; at++) if (kindAt(word, at) !== kindAt(word, at - 1)) turns++;
  return turns;
}

function kindAt(word: string, at: number): number {
  const code = word.charCodeAt(at);
  if (code <= 57) return 0;
  return code <= 90 ? 1 : 2;
}

/** Whether a text is base64 of a readable text that is no login. */
function isPlainBase64(piece: string): boolean {
  if (!/^[A-Za-z0-9+/]{8,}={0,2}$/u.test(piece)) return false;
  try {
    const decoded = atob(piece);
    return /^[\t\n\r\x20-\x7e]+$/u.test(decoded) && !/^[^\s:]{1,64}:[^\s:]+$/u.test(decoded);
  } catch {
    return false;
  }
}
