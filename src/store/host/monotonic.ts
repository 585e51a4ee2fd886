import { hrtime } from "node:process";

/** Milliseconds on a clock that never jumps. Only differences between values have a meaning. */
export function monotonic(): number {
  return Number(hrtime.bigint() / 1_000_000n);
}
