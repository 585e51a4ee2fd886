import type { Ulid } from "./ids.ts";

const DIGITS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
const TIME_LENGTH = 10;

/** When a ULID was made, in milliseconds since the epoch, by its author's clock; 0 without a ULID. */
export function ulidTime(id: string | undefined): number {
  return [...(id ?? "").slice(0, TIME_LENGTH)].reduce((time, digit) => time * 32 + DIGITS.indexOf(digit), 0);
}

/** A time, in milliseconds since the epoch, as the first ten characters of a ULID. */
export function encodeUlidTime(time: number): string {
  return Array.from(
    { length: TIME_LENGTH },
    (_, index) => DIGITS[Math.floor(time / 32 ** (TIME_LENGTH - 1 - index)) % 32],
  ).join("");
}

/**
 * `count` ids: the first one, then its random part counted up. An operation that makes several records derives all
 * their ids from its own, so that a replay makes the same ids.
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
