import { createHash } from "node:crypto";
import { Ulid } from "../../domain/values/ids.ts";
import type { Instant } from "../../domain/values/instant.ts";

const CROCKFORD = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

/** SHA-256 in 64 hexadecimal digits. */
export function hashOf(content: string | Uint8Array): string {
  return createHash("sha256").update(content).digest("hex");
}

/**
 * A ULID from a message's content instead of chance. The same content at the same instant always gets the same id,
 * and different content in the same second gets different ids.
 */
export function ulidOf(at: Instant, content: string): Ulid {
  const hash = BigInt(`0x${hashOf(content).slice(0, 20)}`);
  return Ulid.parse(encode(BigInt(Date.parse(at)), 10) + encode(hash, 16));
}

function encode(number: bigint, length: number): string {
  const digits = Array.from({ length }, (_, index) => Number((number >> BigInt(5 * index)) & 31n));
  return digits
    .reverse()
    .map((digit) => CROCKFORD.charAt(digit))
    .join("");
}
