import { statSync, utimesSync } from "node:fs";
import { join } from "node:path";
import { readText, unlink, writeAtomically } from "../host/files.ts";

/** What the hooks of one coding tool's session remember from one event to the next. */
export interface ToolMemory {
  /** What was shown to it, by key. */
  readonly shown: readonly string[];
  /** The hub's commit at which nothing was left to show, nothing urgent was, and no path was claimed by others. */
  readonly shownAt?: string | undefined;
  readonly calmAt?: string | undefined;
  readonly unclaimedAt?: string | undefined;
  /** What the project is called that it works in. */
  readonly project?: { readonly root: string; readonly name: string } | undefined;
  /** Whether its current work was said, by its user or from the first prompt. */
  readonly saidWork?: boolean | undefined;
}

const NOTHING: ToolMemory = { shown: [] };

/** Hints only: losing one costs a look, or shows something twice. */
export function loadToolMemory(path: string): ToolMemory {
  try {
    const value = JSON.parse(readText(path) ?? "{}") as Partial<ToolMemory>;
    return { ...value, shown: Array.isArray(value.shown) ? value.shown : NOTHING.shown };
  } catch {
    return NOTHING;
  }
}

export function saveToolMemory(path: string, memory: ToolMemory): void {
  writeAtomically(path, JSON.stringify(memory));
}

/** A file whose age tells when something was last done. */
export class Stamp {
  readonly #path: string;

  /** A name that a shell can write as it is; undefined where the text is none. */
  static named(directory: string, name: string): Stamp | undefined {
    return /^[A-Za-z0-9][\w.-]{0,127}$/.test(name) ? new Stamp(join(directory, name)) : undefined;
  }

  private constructor(path: string) {
    this.#path = path;
  }

  /** Whether it was set so many seconds ago or less. */
  isYoungerThan(seconds: number, now: number): boolean {
    const changed = statSync(this.#path, { throwIfNoEntry: false })?.mtimeMs;
    return changed !== undefined && Math.abs(now - changed) < seconds * 1000;
  }

  clear(): void {
    unlink(this.#path);
  }

  set(now: number): void {
    writeAtomically(this.#path, "");
    utimesSync(this.#path, now / 1000, now / 1000);
  }
}
