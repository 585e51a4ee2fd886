/** The braces and classes of a pattern. Their ends are found before the automaton is built. */
export interface Syntax {
  /** For each `{` with an end and a comma: the ends of its alternatives. The last end is the `}`. */
  readonly choices: ReadonlyMap<number, readonly number[]>;
  /** For each `[` that starts a class: the position of its `]`. */
  readonly classes: ReadonlyMap<number, number>;
}

/** Finds braces and classes in one pass. Unclosed brackets, and braces without a comma, are plain characters. */
export function readSyntax(characters: readonly string[]): Syntax {
  const classes = findClasses(characters);
  const choices = new Map<number, readonly number[]>();
  const open: { readonly start: number; readonly ends: number[] }[] = [];
  for (let at = 0; at < characters.length; at = (classes.get(at) ?? at) + 1) {
    const character = characters[at];
    if (character === "{") open.push({ start: at, ends: [] });
    if (character === ",") open.at(-1)?.ends.push(at);
    const closed = character === "}" ? open.pop() : undefined;
    if (closed && closed.ends.length > 0) choices.set(closed.start, [...closed.ends, at]);
  }
  return { choices, classes };
}

/** The first bracket of a pattern that has no end; undefined where all are closed. */
export function unclosedBracket(pattern: string): "[" | "{" | undefined {
  const characters = [...pattern];
  const { classes } = readSyntax(characters);
  let open = 0;
  for (let at = 0; at < characters.length; at = (classes.get(at) ?? at) + 1) {
    const character = characters[at];
    if (character === "[" && !classes.has(at)) return "[";
    if (character === "{") open++;
    if (character === "}" && open > 0) open--;
  }
  return open > 0 ? "{" : undefined;
}

function findClasses(characters: readonly string[]): Map<number, number> {
  const classes = new Map<number, number>();
  for (let at = 0; at < characters.length; at++) {
    const end = characters[at] === "[" ? classEnd(characters, at) : undefined;
    if (end === undefined) continue;
    classes.set(at, end);
    at = end;
  }
  return classes;
}

/**
 * The end of a class; undefined if there is none. A class lies within one name. A `]` right after the start is a
 * member of the class.
 */
function classEnd(characters: readonly string[], start: number): number | undefined {
  const first = start + (isNegated(characters, start) ? 2 : 1);
  for (let at = first; at < characters.length && characters[at] !== "/"; at++)
    if (characters[at] === "]" && at > first) return at;
  return undefined;
}

export function isNegated(characters: readonly string[], start: number): boolean {
  return characters[start + 1] === "!" || characters[start + 1] === "^";
}
