import { existsSync, statSync, utimesSync } from "node:fs";
import { join } from "node:path";
import type { Instant } from "../../domain/values/instant.ts";
import { readText, unlink, writeAtomically } from "../host/files.ts";

/** What the hooks of one coding tool's session remember between events. */
export interface ToolMemory {
  /** The keys of what was shown to the session. */
  readonly shown: readonly string[];
  /**
   * The hub's commits at which nothing was left to show, at which nothing was urgent, and at which other sessions
   * claimed no path.
   */
  readonly shownAt?: string | undefined;
  readonly calmAt?: string | undefined;
  readonly unclaimedAt?: string | undefined;
  /** The sessions that were online when the session was last told who is; undefined where it was not told. */
  readonly peers?: readonly string[] | undefined;
  /** The sessions in the same work tree of which the session was told. */
  readonly neighbours?: readonly string[] | undefined;
  /** Why the session was told that claims on its files cannot be checked. */
  readonly unchecked?: string | undefined;
  /** The claims of others for which an edit of the session was denied once. */
  readonly denied?: readonly string[] | undefined;
  /** Whether the session's current work was stated, by its user or from a prompt. */
  readonly saidWork?: boolean | undefined;
  /** The question to its human of which the session was last reminded. */
  readonly remindedOf?: string | undefined;
  /** When the session was registered, until the hub tells. */
  readonly since?: Instant | undefined;
}

const EMPTY_MEMORY: ToolMemory = { shown: [] };

/** Loads hints. Losing one costs an extra read or shows something twice. */
export function loadToolMemory(path: string): ToolMemory {
  try {
    const value = JSON.parse(readText(path) ?? "{}") as Partial<ToolMemory>;
    return { ...value, shown: Array.isArray(value.shown) ? value.shown : EMPTY_MEMORY.shown };
  } catch {
    return EMPTY_MEMORY;
  }
}

export function saveToolMemory(path: string, memory: ToolMemory): void {
  writeAtomically(path, JSON.stringify(memory));
}

/** How many works of a session are remembered: the hub may still have an older one. */
const MAX_WORKS = 5;

/** The current works that were taken from prompts under one name, newest last. Another work was stated by the user. */
export class ToldWorks {
  readonly #path: string;

  constructor(path: string) {
    this.#path = path;
  }

  list(): readonly string[] {
    try {
      const works: unknown = JSON.parse(readText(this.#path) ?? "[]");
      return Array.isArray(works) ? works.filter((work) => typeof work === "string") : [];
    } catch {
      return [];
    }
  }

  add(work: string): void {
    writeAtomically(this.#path, JSON.stringify([...this.list(), work].slice(-MAX_WORKS)));
  }
}

/** A file whose modification time records when something was last done. */
export class Stamp {
  readonly #path: string;

  /** Returns a stamp with a name that a shell can write unquoted; undefined for any other name. */
  static named(directory: string, name: string): Stamp | undefined {
    return /^[A-Za-z0-9][\w.-]{0,127}$/.test(name) ? new Stamp(join(directory, name)) : undefined;
  }

  private constructor(path: string) {
    this.#path = path;
  }

  /** Whether the stamp was set at most this many seconds ago. */
  isYoungerThan(seconds: number, now: number): boolean {
    const changed = this.setAt;
    return changed !== undefined && Math.abs(now - changed) < seconds * 1000;
  }

  /** When it was set, in milliseconds since the epoch; undefined where it never was. */
  get setAt(): number | undefined {
    return statSync(this.#path, { throwIfNoEntry: false })?.mtimeMs;
  }

  get exists(): boolean {
    return existsSync(this.#path);
  }

  clear(): void {
    unlink(this.#path);
  }

  set(now: number): void {
    writeAtomically(this.#path, "");
    utimesSync(this.#path, now / 1000, now / 1000);
  }
}
