import { type Automaton, automatonOf, automatonOfPath } from "./automaton.ts";
import { Search } from "./search.ts";

/** Paths that are meant: those of a pattern, or one path. */
export interface Glob {
  readonly text: string;
  /** How every one of the paths starts. */
  readonly head: string;
  readonly automaton: () => Automaton;
}

/**
 * A pattern as it is written: `*` and `?` stay within a name, `**` crosses folders, `[a-z]`, `[!a-z]` and `{a,b}` are
 * as in a shell. Names are told apart by case, and one that starts with a dot is like any other.
 */
export function glob(pattern: string): Glob {
  return make(pattern, pattern.split(/[*?[{]/, 1)[0] ?? "", () => automatonOf(pattern));
}

/** A path as it is, whatever characters it has. */
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

/** Whether there is a path that both mean; exactly, in time that grows with the product of their lengths. */
export function haveCommonPath(a: Glob, b: Glob): boolean {
  if (!a.head.startsWith(b.head) && !b.head.startsWith(a.head)) return false;
  return new Search(a.automaton(), b.automaton()).finds();
}
