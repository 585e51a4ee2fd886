import type { Ulid } from "./ids.ts";

const DIGITS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
const TIME_LENGTH = 10;

/** When a ULID was made, in milliseconds since the epoch, by the clock of whoever made it; 0 without one. */
export function ulidTime(id: string | undefined): number {
  return [...(id ?? "").slice(0, TIME_LENGTH)].reduce((time, digit) => time * 32 + DIGITS.indexOf(digit), 0);
}

/** A time as the first ten characters of a ULID. */
export function encodeUlidTime(time: number): string {
  return Array.from(
    { length: TIME_LENGTH },
    (_, index) => DIGITS[Math.floor(time / 32 ** (TIME_LENGTH - 1 - index)) % 32],
  ).join("");
}

/**
 * The id itself and as many more as are asked for, counted up in its random part: an operation that makes several
 * things names them all by its own id, so that a replay makes the same ones.
 */
export function ulidsFrom(first: Ulid, count: number): Ulid[] {
  const time = first.slice(0, TIME_LENGTH);
  const random = [...first.slice(TIME_LENGTH)].map((digit) => DIGITS.indexOf(digit));
  return Array.from({ length: count }, () => {
    const id = time + random.map((digit) => DIGITS[digit]).join("");
    increment(random);
    return id as Ulid;
  });
}

function increment(digits: number[]): void {
  for (let at = digits.length - 1; at >= 0; at--) {
    const next = ((digits[at] ?? 0) + 1) % DIGITS.length;
    digits[at] = next;
    if (next > 0) return;
  }
}
