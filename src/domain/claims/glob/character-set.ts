import { isNegated } from "./syntax.ts";

/** Code points as ranges, in order. Both ends belong to the range. */
export type CharacterSet = readonly (readonly [from: number, to: number])[];

const SLASH_CODE = 0x2f;
const LAST_CODE = 0x10ffff;

/** The separator of names. No other set contains it. */
export const SLASH: CharacterSet = [[SLASH_CODE, SLASH_CODE]];

/** Every character that a name may contain. */
export const IN_NAME: CharacterSet = [
  [0, SLASH_CODE - 1],
  [SLASH_CODE + 1, LAST_CODE],
];

/** The set of one character. */
export function only(character: string): CharacterSet {
  const code = codeOf(character);
  return code === SLASH_CODE ? SLASH : [[code, code]];
}

/** Reads the class between two brackets, such as `[a-z_]` or `[!0-9]`. */
export function readClass(characters: readonly string[], start: number, end: number): CharacterSet {
  const negated = isNegated(characters, start);
  const ranges: [number, number][] = [];
  for (let at = start + (negated ? 2 : 1); at < end; at++) {
    const from = codeOf(characters[at]);
    const isRange = characters[at + 1] === "-" && at + 2 < end;
    if (isRange) at += 2;
    const to = codeOf(characters[at]);
    if (from <= to) ranges.push([from, to]);
  }
  // A class never contains the slash, negated or not.
  return complement([...SLASH, ...(negated ? ranges : complement(ranges))]);
}

/** Whether the two sets share a character. */
export function haveCommon(a: CharacterSet, b: CharacterSet): boolean {
  return a.some(([from, to]) => b.some(([start, end]) => from <= end && start <= to));
}

function complement(ranges: CharacterSet): CharacterSet {
  const gaps: [number, number][] = [];
  let next = 0;
  for (const [from, to] of [...ranges].sort(([a], [b]) => a - b)) {
    if (from > next) gaps.push([next, from - 1]);
    next = Math.max(next, to + 1);
  }
  return next <= LAST_CODE ? [...gaps, [next, LAST_CODE]] : gaps;
}

function codeOf(character = ""): number {
  return character.codePointAt(0) ?? 0;
}
