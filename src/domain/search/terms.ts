import { stemmer } from "stemmer";

/** A word of a text as written, and the terms by which it is compared. */
export interface Word {
  readonly text: string;
  readonly terms: readonly string[];
}

/** Words without information about the subject, including endings cut off at an apostrophe. */
const STOP_WORDS = new Set(
  (
    "a about above across after again against all along also always am an and another any anyone " +
    "anything are aren as at be because been before being between both but by can cannot could couldn " +
    "did didn do does doesn doing don done during each eg either else etc even ever every few for " +
    "from get gets getting give given got had has have haven having he help helps her here him his " +
    "how however i ie if in instead into is isn it its itself just keep let lets like ll lot make " +
    "makes making many may me might more most much must my need needed needing needs never new no nor " +
    "not now of off on once one only onto or other others our ours out over own per please re really " +
    "same see several shall she should shouldn since so some someone something still such than thank " +
    "thanks that the their them then there these they thing things this those though through to too " +
    "under until up upon us use used uses using ve very via want wanted wants was wasn way we well " +
    "were weren what when where whether which while who whose why will with within without won would " +
    "wouldn yet you your yours"
  ).split(" "),
);

const WORD = /[\p{L}\p{M}\p{N}]+(?:[-._][\p{L}\p{M}\p{N}]+)*(?:\+\+|#)?/gu;
const CONTRACTION = /(?<=\p{L})['’]\p{L}{1,2}(?!\p{L})/gu;
const PLAIN = /^[\t\n\r\x20-\x7e]*$/;
const PLAIN_WORD = /[a-z0-9]+(?:[-._][a-z0-9]+)*(?:\+\+|#)?/gi;
const PLAIN_CONTRACTION = /(?<=[a-z])'[a-z]{1,2}(?![a-z])/gi;
const ACCENTS = /[\u0300-\u036f]/g;
const BRITISH = /(?<=[a-z]{3}[iy])s(?=(?:e[drs]?|ers|ing|ations?)$)/;
/** Bare numbers and single letters mostly match by accident. C and R are kept, because they are languages. */
const NOISE = /^(?:\p{N}+|[abd-qs-z])$/u;

/** The meaningful words of a text, in order. A compound (`real-time`, `node.js`) is one word. */
export function readWords(text: string): Word[] {
  // Most texts are plain ASCII. The patterns for all scripts take a millisecond to compile, so they are used only
  // when needed.
  const isPlain = PLAIN.test(text);
  const folded = isPlain
    ? text.replaceAll(PLAIN_CONTRACTION, "")
    : text.normalize("NFKD").replaceAll(ACCENTS, "").normalize("NFC").replaceAll(CONTRACTION, "");
  return [...folded.matchAll(isPlain ? PLAIN_WORD : WORD)]
    .map(([word]) => ({ text: word, terms: termsOfWord(word.toLowerCase()) }))
    .filter((word) => word.terms.length > 0);
}

/** The terms of a text, in order, with repetitions. */
export function readTerms(text: string): string[] {
  return readWords(text).flatMap((word) => word.terms);
}

/**
 * The stem of a lower-case word, so that `deploy`, `deployed` and `deployments` are one term. Two rules are added to
 * Porter's: `optimise` becomes `optimize`, and a `y` after a vowel is kept, because Porter writes `deploi` but
 * `deploy-ment`.
 */
export function stem(word: string): string {
  return stemmer(word.replace(BRITISH, "z")).replace(/(?<=.[aeou])i$/, "y");
}

/**
 * The terms of a word. A compound has its parts and the joined form, so `front-end` finds `frontend` and vice versa.
 */
function termsOfWord(word: string): string[] {
  const parts = word.split(/[-._]/);
  const spellings = parts.length > 1 && parts.length <= 3 ? [...parts, parts.join("")] : parts;
  return spellings.filter((part) => !STOP_WORDS.has(part) && !NOISE.test(part)).map(stem);
}
