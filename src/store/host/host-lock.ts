import { linkSync, truncateSync } from "node:fs";
import { join } from "node:path";
import { listNames, readText, unlink, writeBeside } from "./files.ts";
import { formatProcessId, isAlive, type ProcessId, parseProcessId, thisProcess } from "./process-id.ts";

/**
 * One owner at a time among the processes of a host: numbered files in a directory, of which the highest counts. It
 * names its owner, and is empty when the lock is free. Who takes the lock makes the next number, which only one can,
 * so a dead owner is followed without ever touching a living one's file. No clock is asked.
 *
 * It keeps work from being done twice. That nothing is lost or doubled does not depend on it.
 */
export class HostLock {
  readonly #path: string;

  private constructor(path: string) {
    this.#path = path;
  }

  /** Takes the lock if it is free or its owner is dead. `passed` is a number that counts as dead whoever owns it. */
  static take(directory: string, passed?: number): HostLock | undefined {
    const seen = newest(directory);
    if (seen !== passed && ownerOf(directory, seen)) return undefined;
    const number = seen + 1;
    const path = join(directory, String(number));
    if (!claim(path)) return undefined;
    const all = numbers(directory);
    if (Math.max(...all) === number) {
      for (const lower of all.filter((other) => other < number)) unlink(join(directory, String(lower)));
      return new HostLock(path);
    }
    unlink(path);
    return undefined;
  }

  /** Who has the lock, and by which number, if a living process has it. */
  static holder(directory: string): { readonly number: number; readonly owner: ProcessId } | undefined {
    const number = newest(directory);
    const owner = ownerOf(directory, number);
    return owner && { number, owner };
  }

  /** Who took the lock last and has not given it back, dead or alive. */
  static lastOwner(directory: string): ProcessId | undefined {
    return parseProcessId(readText(join(directory, String(newest(directory)))) ?? "");
  }

  release(): void {
    try {
      truncateSync(this.#path);
    } catch {
      // It was taken over, and its file removed.
      return;
    }
  }
}

/** The living process that a file names; none where it is empty or not there. */
function ownerOf(directory: string, number: number): ProcessId | undefined {
  const owner = number === 0 ? undefined : parseProcessId(readText(join(directory, String(number))) ?? "");
  return owner && isAlive(owner) ? owner : undefined;
}

/** Makes the file with its content at once, if nobody has. */
function claim(path: string): boolean {
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
