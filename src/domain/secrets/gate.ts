/**
 * Decides whether a text is searched, from a condition that is cheap and that every text with a match meets. Most texts
 * meet few of them, and a pattern that is never used is never made ready.
 */
export type Gate = (mayMatch: boolean) => boolean;

/** Searches where something may be found. A search behind another gate, such as one that is always open, finds the same. */
export const whereItMay: Gate = (mayMatch) => mayMatch;

/** Returns a function that makes a value when it is first needed. */
export function onFirstUse<Value>(make: () => Value): () => Value {
  let made: { readonly value: Value } | undefined;
  return () => {
    made ??= { value: make() };
    return made.value;
  };
}
