import type { Failure } from "../hive-error.ts";

/** What the shell is told. Documented in the README; never renumbered. A wait that ran out of time prints what it waited for. */
export const EXIT = { done: 0, failed: 1, usage: 2, timedOut: 2, refused: 3, queued: 4, invalid: 5 } as const;

export const EXIT_OF_FAILURE: Record<Failure, number> = {
  failed: EXIT.failed,
  usage: EXIT.usage,
  invalid: EXIT.invalid,
};
