import { type CharacterSet, IN_NAME, only, readClass, SLASH } from "./character-set.ts";
import { readSyntax, type Syntax } from "./syntax.ts";

export interface State {
  /** Where it may go without reading anything. */
  readonly free: number[];
  /** Where it goes on reading one character of a set. */
  readonly steps: [on: CharacterSet, to: number][];
}

/** Reads a path character by character; the path is one of the pattern's where it can end in the last state. */
export type Automaton = readonly State[];

/** The paths that a pattern means, as an automaton with at most four states for each of its characters. */
export function automatonOf(pattern: string): Automaton {
  const plain = pattern.replace(/(?<=.)(?:\/\*\*+)+$/s, "");
  const lastName = plain.slice(plain.lastIndexOf("/") + 1);
  const builder = new Builder([...plain]);
  // A name without wildcards may be a folder's: what lies below it is meant too.
  return builder.build(plain !== pattern || !/[*?]/.test(lastName));
}

/** One path, whatever characters it has. */
export function automatonOfPath(path: string): Automaton {
  const states = [...path].map(
    (character, index): State => ({ free: [], steps: [[only(character), index + 1]] }),
  );
  return [...states, { free: [], steps: [] }];
}

class Builder {
  readonly #characters: readonly string[];
  readonly #syntax: Syntax;
  readonly #states: State[] = [];

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

  /** What stands from one character up to another, read from a state on; the state after it. */
  #between(start: number, end: number, from: number): number {
    let [at, state] = [start, from];
    while (at < end) [at, state] = this.#next(at, state);
    return state;
  }

  /** The character after what starts here, and the state after it. */
  #next(at: number, from: number): [at: number, state: number] {
    const choice = this.#syntax.choices.get(at);
    if (choice) return [(choice.at(-1) ?? at) + 1, this.#choice(at, choice, from)];
    const closes = this.#syntax.classes.get(at);
    if (closes !== undefined) return [closes + 1, this.#class(at, closes, from)];
    const character = this.#characters[at] ?? "";
    if (character === "*") return this.#stars(at, from);
    return [at + 1, this.#step(from, character === "?" ? IN_NAME : only(character))];
  }

  /** One star stays within a name, several do not; a whole name of several and its slash mean no folder too. */
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

  /** A class, or a name with these very brackets in it: frameworks call files `[id].tsx`. */
  #class(start: number, end: number, from: number): number {
    const after = this.#step(from, readClass(this.#characters, start, end));
    let literal = from;
    for (let at = start; at <= end; at++) literal = this.#step(literal, only(this.#characters[at] ?? ""));
    this.#states[literal]?.free.push(after);
    return after;
  }

  /** Reads any characters at a state and stays there. */
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
