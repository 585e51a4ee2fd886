/**
 * The steps of a write, in order, at which a crash would leave something behind. Tests end the program at each step.
 */
export const CRASH_POINTS = [
  "storing",
  "stored",
  "locked",
  "looked",
  "decided",
  "written",
  "pushed",
  "answered",
  "settled",
  "released",
] as const;
export type CrashPoint = (typeof CRASH_POINTS)[number];
