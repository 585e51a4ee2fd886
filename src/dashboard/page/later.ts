/** What is made after the first paint, because it is closed away or far down. */
const waiting: (() => void)[] = [];

export function later(make: () => void): void {
  waiting.push(make);
}

/** Makes everything that waits, and what waits in that. */
export function makeTheRest(): void {
  for (let make = waiting.shift(); make !== undefined; make = waiting.shift()) make();
}

/** Forgets what waits, because what it belongs to is not shown any more. */
export function forgetTheRest(): void {
  waiting.length = 0;
}
