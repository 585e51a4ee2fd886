import type { Urgency } from "./urgency.ts";

/** Sort keys that put the most urgent first. */
export const URGENCY_RANK: Readonly<Record<Urgency, number>> = { urgent: 0, high: 1, normal: 2 };

/** Compares two texts by their UTF-16 code units, so that the order does not depend on the host's language. */
export function compareTexts(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}

/** A comparator of values by one of their texts, such as an id. */
export function inOrderOf<Value>(textOf: (value: Value) => string): (a: Value, b: Value) => number {
  return (a, b) => compareTexts(textOf(a), textOf(b));
}
