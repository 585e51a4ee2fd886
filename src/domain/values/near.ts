/**
 * Whether a word may be a mistyped form of another: one slip apart, or two where the other has six letters or more.
 * Another number is no slip: who writes session-9 does not mean session-1.
 */
export function isNear(word: string, other: string): boolean {
  if (Math.min(word.length, other.length) < 3) return false;
  if (/\d/.test(word) && withoutDigits(word) === withoutDigits(other)) return false;
  return slips(word.toLowerCase(), other.toLowerCase()) <= (other.length < 6 ? 1 : 2);
}

/** The most names that are proposed for a mistyped one. */
const MAX_PROPOSED = 3;

/** The names that a word may be meant as: those that contain it, then those that are near, the nearest first. */
export function nearNames(word: string, names: Iterable<string>): string[] {
  const known = [...names].sort();
  const near = known.filter((name) => !name.includes(word) && isNear(word, name));
  const ranked = near.map((name) => [slips(word, name), name] as const).sort(([a], [b]) => a - b);
  return [...known.filter((name) => name.includes(word)), ...ranked.map(([, name]) => name)].slice(
    0,
    MAX_PROPOSED,
  );
}

function withoutDigits(word: string): string {
  return word.replaceAll(/\d/g, "");
}

/** The longest words that are compared, in characters: no name that people type is longer, and the work grows with its square. */
const MAX_LENGTH = 80;

/** How many letters were left out, added, replaced, or swapped with the next, to get from one word to another. */
function slips(word: string, other: string): number {
  if (Math.max(word.length, other.length) > MAX_LENGTH) return Number.POSITIVE_INFINITY;
  let [before, row]: [number[], number[]] = [[], [...Array(other.length + 1).keys()]];
  for (let i = 1; i <= word.length; i++) {
    const next = [i];
    for (let j = 1; j <= other.length; j++) {
      const isSame = word[i - 1] === other[j - 1];
      const isSwapped = i > 1 && j > 1 && word[i - 1] === other[j - 2] && word[i - 2] === other[j - 1];
      next[j] = Math.min(
        at(row, j) + 1,
        at(next, j - 1) + 1,
        at(row, j - 1) + (isSame ? 0 : 1),
        isSwapped ? at(before, j - 2) + 1 : Number.POSITIVE_INFINITY,
      );
    }
    [before, row] = [row, next];
  }
  return at(row, other.length);
}

function at(row: readonly number[], index: number): number {
  return row[index] ?? Number.POSITIVE_INFINITY;
}
