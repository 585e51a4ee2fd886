import type { Urgency } from "./urgency.ts";

/** The most urgent first. */
export const URGENCY_RANK: Readonly<Record<Urgency, number>> = { urgent: 0, high: 1, normal: 2 };

/** The order of two texts by their UTF-16 code units: the same on every host, whatever its language. */
export function compareTexts(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}

/** The order of two values by one of their texts, such as an id. */
export function inOrderOf<Value>(textOf: (value: Value) => string): (a: Value, b: Value) => number {
  return (a, b) => compareTexts(textOf(a), textOf(b));
}
