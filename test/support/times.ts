import { inject } from "vitest";

declare module "vitest" {
  interface ProvidedContext {
    /** Of all that a test does again and again: the part that this run does. */
    readonly share: number;
  }
}

/** How often a test in a `.repeated.test.ts` does the same: so many times in the long run, a tenth of it in the quick one. */
export function times(all: number): number {
  return Math.ceil(all * inject("share"));
}
