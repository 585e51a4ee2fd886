import type { Failure } from "../errors.ts";

/** The exit codes. They are documented in the README. 124 is that of timeout(1). */
export const EXIT = {
  done: 0,
  failed: 1,
  usage: 2,
  refused: 3,
  queued: 4,
  invalid: 5,
  timedOut: 124,
} as const;

/** The meaning of each exit code. */
export const EXIT_MEANINGS: Record<(typeof EXIT)[keyof typeof EXIT], string> = {
  0: "done",
  1: "failed",
  2: "wrong usage",
  3: "refused by the rules",
  4: "queued",
  5: "invalid data",
  124: "a wait timed out",
};

export const EXIT_OF_FAILURE: Record<Failure, number> = {
  failed: EXIT.failed,
  usage: EXIT.usage,
  invalid: EXIT.invalid,
};
