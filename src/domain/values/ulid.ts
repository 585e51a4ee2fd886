const DIGITS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

/** When a ULID was made, in milliseconds since the epoch, by the clock of whoever made it; 0 without one. */
export function ulidTime(id: string | undefined): number {
  return [...(id ?? "").slice(0, 10)].reduce((time, digit) => time * 32 + DIGITS.indexOf(digit), 0);
}

/** A time as the first ten characters of a ULID. */
export function encodeUlidTime(time: number): string {
  return Array.from({ length: 10 }, (_, index) => DIGITS[Math.floor(time / 32 ** (9 - index)) % 32]).join("");
}
