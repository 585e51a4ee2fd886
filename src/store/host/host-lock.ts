import { linkSync, truncateSync } from "node:fs";
import { join } from "node:path";
import { listNames, readText, unlink, writeBeside } from "./files.ts";
import { formatProcessId, isAlive, type ProcessId, parseProcessId, thisProcess } from "./process-id.ts";

/**
 * A lock with one owner at a time among the processes of a host. It is a directory of numbered files, of which the
 * highest counts. That file names the owner, or is empty when the lock is free. A process takes the lock by creating
 * the next number, which only one process can do. So it can succeed a dead owner without touching the file of a
 * living one. No clock is used.
 *
 * The lock avoids duplicate work. It is not needed for losing or doubling nothing.
 */
export class HostLock {
  readonly #path: string;

  private constructor(path: string) {
    this.#path = path;
  }

  /**
   * Takes the lock if it is free or its owner is dead; otherwise returns undefined. The number `stuck` counts as
   * dead, whatever process owns it.
   */
  static take(directory: string, stuck?: number): HostLock | undefined {
    const seen = newest(directory);
    if (seen !== stuck && ownerOf(directory, seen)) return undefined;
    const number = seen + 1;
    const path = join(directory, String(number));
    if (!createWithContent(path)) return undefined;
    const all = numbers(directory);
    if (Math.max(...all) === number) {
      for (const lower of all.filter((other) => other < number)) unlink(join(directory, String(lower)));
      return new HostLock(path);
    }
    unlink(path);
    return undefined;
  }

  /** The living owner of the lock and its number; undefined when no living process has the lock. */
  static holder(directory: string): { readonly number: number; readonly owner: ProcessId } | undefined {
    const number = newest(directory);
    const owner = ownerOf(directory, number);
    return owner && { number, owner };
  }

  /** The last process that took the lock and has not released it, dead or alive. */
  static lastOwner(directory: string): ProcessId | undefined {
    return parseProcessId(readText(join(directory, String(newest(directory)))) ?? "");
  }

  release(): void {
    try {
      truncateSync(this.#path);
    } catch {
      // Another process took the lock over and removed the file.
      return;
    }
  }
}

/** The living process that a file names; undefined when the file is empty or missing. */
function ownerOf(directory: string, number: number): ProcessId | undefined {
  const owner = number === 0 ? undefined : parseProcessId(readText(join(directory, String(number))) ?? "");
  return owner && isAlive(owner) ? owner : undefined;
}

/** Creates the file together with its content. Returns false when the file exists already. */
function createWithContent(path: string): boolean {
  const draft = writeBeside(path, formatProcessId(thisProcess()), false);
  try {
    linkSync(draft, path);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "EEXIST") return false;
    throw error;
  } finally {
    unlink(draft);
  }
}

function numbers(directory: string): number[] {
  return listNames(directory)
    .filter((name) => /^\d+$/.test(name))
    .map(Number);
}

function newest(directory: string): number {
  return Math.max(0, ...numbers(directory));
}
