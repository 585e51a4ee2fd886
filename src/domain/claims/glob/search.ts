import type { Automaton, AutomatonState } from "./automaton.ts";
import { haveCommon, SLASH } from "./character-set.ts";

/**
 * Searches all paths with two automata at once. Each pair of states is visited once at the start of a name and once
 * within a name. No path has an empty name.
 */
export class Search {
  readonly #a: Automaton;
  readonly #b: Automaton;
  readonly #seen: Uint8Array;
  readonly #queue: number[] = [];

  constructor(a: Automaton, b: Automaton) {
    this.#a = a;
    this.#b = b;
    this.#seen = new Uint8Array(a.length * b.length * 2);
  }

  /** Whether some path reaches the last state of both automata. */
  finds(): boolean {
    const [a, b] = [this.#a, this.#b];
    this.#visit(0, 0, 0);
    for (let entry = this.#queue.pop(); entry !== undefined; entry = this.#queue.pop()) {
      const pair = entry >> 1;
      const [p, q, inName] = [Math.floor(pair / b.length), pair % b.length, entry % 2];
      const [left, right] = [a[p], b[q]];
      if (inName === 1 && p === a.length - 1 && q === b.length - 1) return true;
      if (left && right) this.#advance(p, left, q, right, inName);
    }
    return false;
  }

  #advance(p: number, left: AutomatonState, q: number, right: AutomatonState, inName: number): void {
    for (const to of left.free) this.#visit(to, q, inName);
    for (const to of right.free) this.#visit(p, to, inName);
    for (const [on, next] of left.steps) {
      const isSlash = on === SLASH;
      if (isSlash && inName === 0) continue;
      const common = right.steps.filter(([other]) => haveCommon(on, other));
      for (const [, second] of common) this.#visit(next, second, isSlash ? 0 : 1);
    }
  }

  #visit(p: number, q: number, inName: number): void {
    const entry = (p * this.#b.length + q) * 2 + inName;
    if (this.#seen[entry] === 1) return;
    this.#seen[entry] = 1;
    this.#queue.push(entry);
  }
}
