import { appendFileSync, closeSync, constants, linkSync, openSync, truncateSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { listNames, readText, unlink, writeBeside } from "./files.ts";
import { type LockHolder, OwnerWatch } from "./owner-watch.ts";
import { formatProcessId, livenessOf, parseProcessId, thisProcess } from "./process-id.ts";

/** How often an owner shows that it lives. */
const SIGN_OF_LIFE_MS = 1000;

/** How often a process looks at a lock that it waits for without a watch. */
const POLL_MS = 200;

/**
 * A lock with one owner at a time among the processes that share a directory. It is a directory of numbered files, of
 * which the highest counts. That file names the owner, or is empty when the lock is free. A process takes the lock by
 * creating the next number, which only one process can do. So it can succeed a dead owner without touching the file of a
 * living one.
 *
 * An owner in another container or on another host cannot be judged by its number. So an owner adds a character to its
 * file again and again, and `OwnerWatch` tells when that has stopped. No clocks are compared.
 *
 * The lock avoids duplicate work. It is not needed for losing or doubling nothing: a stopped owner that was succeeded may
 * go on beside its successor.
 */
export class HostLock {
  readonly #directory: string;
  readonly #number: number;
  readonly #beat: NodeJS.Timeout;

  private constructor(directory: string, number: number) {
    this.#directory = directory;
    this.#number = number;
    this.#beat = setInterval(() => this.#showLife(), SIGN_OF_LIFE_MS).unref();
  }

  /**
   * Takes the lock if it is free or its owner is dead; otherwise returns undefined. The number `passed` counts as free,
   * whatever process owns it.
   */
  static take(directory: string, passed?: number): HostLock | undefined {
    const seen = newest(directory);
    if (seen !== passed && isOwned(directory, seen)) return undefined;
    const number = seen + 1;
    const path = join(directory, String(number));
    if (!createWithContent(path)) return undefined;
    const all = numbers(directory);
    if (Math.max(...all) === number) {
      for (const lower of all.filter((other) => other < number)) unlink(join(directory, String(lower)));
      return new HostLock(directory, number);
    }
    unlink(path);
    return undefined;
  }

  /**
   * Takes the lock, and waits at most this long while a living process has it. Where its owner cannot be judged, it is
   * watched for a sign of life in any case.
   */
  static async takeWithin(directory: string, milliseconds: number): Promise<HostLock | undefined> {
    const watch = new OwnerWatch();
    for (;;) {
      const lock = HostLock.take(directory, watch.passable);
      if (lock) return lock;
      watch.observe(HostLock.holder(directory));
      if (!watch.isUndecided && watch.watchedMs >= milliseconds) return undefined;
      await sleep(POLL_MS);
    }
  }

  /** The owner of the lock; undefined when it is free, or its owner is known to be dead. */
  static holder(directory: string): LockHolder | undefined {
    const last = HostLock.lastHolder(directory);
    return last?.liveness === "dead" ? undefined : last;
  }

  /** The last process that took the lock and has not released it, dead or alive. */
  static lastHolder(directory: string): LockHolder | undefined {
    const number = newest(directory);
    return holderOf(directory, number);
  }

  /** Whether no other process has succeeded this one. */
  get isHeld(): boolean {
    return newest(this.#directory) === this.#number;
  }

  release(): void {
    clearInterval(this.#beat);
    try {
      truncateSync(this.#path);
    } catch {
      // Another process took the lock over and removed the file.
      return;
    }
  }

  /** Adds a character to the file. A file that a successor removed is not made again. */
  #showLife(): void {
    try {
      const file = openSync(this.#path, constants.O_WRONLY | constants.O_APPEND);
      try {
        appendFileSync(file, SIGN);
      } finally {
        closeSync(file);
      }
    } catch {
      // Without signs of life another process succeeds this one, which loses nothing.
      return;
    }
  }

  get #path(): string {
    return join(this.#directory, String(this.#number));
  }
}

/** What an owner adds to its id. */
const SIGN = ".";

function holderOf(directory: string, number: number): LockHolder | undefined {
  const sign = number === 0 ? "" : (readText(join(directory, String(number))) ?? "");
  const owner = parseProcessId(sign.split(".")[0] ?? "");
  return owner && { number, owner, liveness: livenessOf(owner), sign };
}

function isOwned(directory: string, number: number): boolean {
  const liveness = holderOf(directory, number)?.liveness;
  return liveness === "alive" || liveness === "unknown";
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
