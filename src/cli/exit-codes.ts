import type { Failure } from "../errors.ts";

/** What the shell is told. Documented in the README; never renumbered. A wait that ran out of time prints what it waited for. */
export const EXIT = { done: 0, failed: 1, usage: 2, timedOut: 2, refused: 3, queued: 4, invalid: 5 } as const;

/** What each of them means, in a few words. */
export const EXIT_MEANINGS: Record<(typeof EXIT)[keyof typeof EXIT], string> = {
  0: "done",
  1: "failed",
  2: "usage, or a wait's time was up",
  3: "refused by the rules",
  4: "queued",
  5: "invalid data",
};

export const EXIT_OF_FAILURE: Record<Failure, number> = {
  failed: EXIT.failed,
  usage: EXIT.usage,
  invalid: EXIT.invalid,
};
