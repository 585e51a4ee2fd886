import { type Automaton, automatonOf, automatonOfPath } from "./automaton.ts";
import { Search } from "./search.ts";

/** A set of paths: the paths that a pattern matches, or one path. */
export interface Glob {
  readonly text: string;
  /** The literal start that all paths share. */
  readonly head: string;
  readonly automaton: () => Automaton;
}

/**
 * The paths that a pattern matches. `*` and `?` stay within a name, `**` crosses folders; `[a-z]`, `[!a-z]` and
 * `{a,b}` work as in a shell. Case counts. A name that starts with a dot is like any other name.
 */
export function glob(pattern: string): Glob {
  return make(pattern, pattern.split(/[*?[{]/, 1)[0] ?? "", () => automatonOf(pattern));
}

/** One path. Every character in it is literal. */
export function onlyPath(path: string): Glob {
  return make(path, path, () => automatonOfPath(path));
}

function make(text: string, head: string, build: () => Automaton): Glob {
  let built: Automaton | undefined;
  return {
    text,
    head,
    automaton: () => {
      built ??= build();
      return built;
    },
  };
}

/** Whether both match at least one common path. The answer is exact; the time grows with the product of the lengths. */
export function haveCommonPath(a: Glob, b: Glob): boolean {
  if (!a.head.startsWith(b.head) && !b.head.startsWith(a.head)) return false;
  return new Search(a.automaton(), b.automaton()).finds();
}
