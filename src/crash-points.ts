/** The moments of a write at which a crash would leave something behind, in their order. Tests end the program at each. */
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
