import { type CharacterSet, IN_NAME, only, readClass, SLASH } from "./character-set.ts";
import { readSyntax, type Syntax } from "./syntax.ts";

export interface AutomatonState {
  /** States reached without reading a character. */
  readonly free: number[];
  /** States reached by reading one character of a set. */
  readonly steps: [on: CharacterSet, to: number][];
}

/** Reads a path character by character. The pattern matches the path if the path can end in the last state. */
export type Automaton = readonly AutomatonState[];

/** The automaton of the paths that a pattern matches. It has at most four states for each character of the pattern. */
export function automatonOf(pattern: string): Automaton {
  const plain = withoutStars(pattern);
  const lastName = plain.slice(plain.lastIndexOf("/") + 1);
  const builder = new Builder([...plain]);
  // A name without wildcards may be a folder, so the pattern also matches what is below it.
  return builder.build(plain !== pattern || !/[*?]/.test(lastName));
}

/** The pattern without `/**` at its end, which only says that it covers what is below. */
function withoutStars(pattern: string): string {
  let end = pattern.length;
  for (let at = end; ; end = at - 1, at = end) {
    while (pattern[at - 1] === "*") at--;
    if (end - at < 2 || at < 2 || pattern[at - 1] !== "/") return pattern.slice(0, end);
  }
}

/** The automaton of one path. Every character in the path is literal. */
export function automatonOfPath(path: string): Automaton {
  const states = [...path].map(
    (character, index): AutomatonState => ({ free: [], steps: [[only(character), index + 1]] }),
  );
  return [...states, { free: [], steps: [] }];
}

class Builder {
  readonly #characters: readonly string[];
  readonly #syntax: Syntax;
  readonly #states: AutomatonState[] = [];

  constructor(characters: readonly string[]) {
    this.#characters = characters;
    this.#syntax = readSyntax(characters);
  }

  build(coversBelow: boolean): Automaton {
    const end = this.#between(0, this.#characters.length, this.#add());
    const below = coversBelow ? this.#loop(this.#step(end, SLASH), true) : undefined;
    const last = this.#skip(end);
    if (below !== undefined) this.#states[below]?.free.push(last);
    return this.#states;
  }

  /** Adds the part of the pattern from `start` to `end` after a state. Returns the state after the part. */
  #between(start: number, end: number, from: number): number {
    let [at, state] = [start, from];
    while (at < end) [at, state] = this.#next(at, state);
    return state;
  }

  /** Adds the element that starts at `at`. Returns the position and the state after the element. */
  #next(at: number, from: number): [at: number, state: number] {
    const choice = this.#syntax.choices.get(at);
    if (choice) return [(choice.at(-1) ?? at) + 1, this.#choice(at, choice, from)];
    const closes = this.#syntax.classes.get(at);
    if (closes !== undefined) return [closes + 1, this.#class(at, closes, from)];
    const character = this.#characters[at] ?? "";
    if (character === "*") return this.#stars(at, from);
    return [at + 1, this.#step(from, character === "?" ? IN_NAME : only(character))];
  }

  /**
   * One star stays within a name; several stars cross folders. If several stars are a whole name, they and their
   * slash also match no folder.
   */
  #stars(at: number, from: number): [at: number, state: number] {
    let after = at;
    while (this.#characters[after] === "*") after++;
    const areSeveral = after - at > 1;
    const loop = this.#loop(this.#skip(from), areSeveral);
    const isWhole = "/{,".includes(this.#characters[at - 1] ?? "/") && this.#characters[after] === "/";
    if (!areSeveral || !isWhole) return [after, this.#skip(loop)];
    const end = this.#step(loop, SLASH);
    this.#states[from]?.free.push(end);
    return [after + 1, end];
  }

  #choice(start: number, ends: readonly number[], from: number): number {
    const after = this.#add();
    let at = start + 1;
    for (const end of ends) {
      const last = this.#between(at, end, this.#skip(from));
      this.#states[last]?.free.push(after);
      at = end + 1;
    }
    return after;
  }

  /** A class, or the same brackets as literal characters, because frameworks name files `[id].tsx`. */
  #class(start: number, end: number, from: number): number {
    const after = this.#step(from, readClass(this.#characters, start, end));
    let literal = from;
    for (let at = start; at <= end; at++) literal = this.#step(literal, only(this.#characters[at] ?? ""));
    this.#states[literal]?.free.push(after);
    return after;
  }

  /** Lets a state read any number of characters without leaving it. */
  #loop(state: number, crossesSlash: boolean): number {
    this.#states[state]?.steps.push([IN_NAME, state]);
    if (crossesSlash) this.#states[state]?.steps.push([SLASH, state]);
    return state;
  }

  #step(from: number, on: CharacterSet): number {
    const to = this.#add();
    this.#states[from]?.steps.push([on, to]);
    return to;
  }

  #skip(from: number): number {
    const to = this.#add();
    this.#states[from]?.free.push(to);
    return to;
  }

  #add(): number {
    return this.#states.push({ free: [], steps: [] }) - 1;
  }
}
