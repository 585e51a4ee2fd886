import type { Automaton, State } from "./automaton.ts";
import { haveCommon, SLASH } from "./character-set.ts";

/**
 * Reads one path with two automata at once, every path there is: a pair of states is looked at once for each of the
 * two places in a path, at the start of a name and in it. No path has an empty name.
 */
export class Search {
  readonly #a: Automaton;
  readonly #b: Automaton;
  readonly #seen: Uint8Array;
  readonly #waiting: number[] = [];

  constructor(a: Automaton, b: Automaton) {
    this.#a = a;
    this.#b = b;
    this.#seen = new Uint8Array(a.length * b.length * 2);
  }

  /** Whether some path ends in the last state of both. */
  finds(): boolean {
    const [a, b] = [this.#a, this.#b];
    this.#go(0, 0, 0);
    for (let place = this.#waiting.pop(); place !== undefined; place = this.#waiting.pop()) {
      const pair = place >> 1;
      const [p, q, inName] = [Math.floor(pair / b.length), pair % b.length, place % 2];
      const [left, right] = [a[p], b[q]];
      if (inName === 1 && p === a.length - 1 && q === b.length - 1) return true;
      if (left && right) this.#goOn(p, left, q, right, inName);
    }
    return false;
  }

  #goOn(p: number, left: State, q: number, right: State, inName: number): void {
    for (const to of left.free) this.#go(to, q, inName);
    for (const to of right.free) this.#go(p, to, inName);
    for (const [on, next] of left.steps) {
      const isSlash = on === SLASH;
      if (isSlash && inName === 0) continue;
      const common = right.steps.filter(([other]) => haveCommon(on, other));
      for (const [, second] of common) this.#go(next, second, isSlash ? 0 : 1);
    }
  }

  #go(p: number, q: number, inName: number): void {
    const place = (p * this.#b.length + q) * 2 + inName;
    if (this.#seen[place] === 1) return;
    this.#seen[place] = 1;
    this.#waiting.push(place);
  }
}
