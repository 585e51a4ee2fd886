import { hrtime } from "node:process";

/** Milliseconds on a clock that never jumps; only differences mean something. */
export function monotonic(): number {
  return Number(hrtime.bigint() / 1_000_000n);
}
