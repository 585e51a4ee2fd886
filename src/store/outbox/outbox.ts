import { renameSync } from "node:fs";
import { join } from "node:path";
import { CLOCK_AHEAD } from "../../domain/clock-ahead.ts";
import type { Operation } from "../../domain/operation.ts";
import { DROPPED } from "../../domain/refusal.ts";
import type { Trouble } from "../../domain/stored-operation.ts";
import type { Ulid } from "../../domain/values/ids.ts";
import { encodeUlidTime, ulidTime } from "../../domain/values/ulid.ts";
import {
  listNames,
  listNamesSurely,
  readText,
  readTextSurely,
  unlink,
  writeAtomically,
  writeDurably,
} from "../host/files.ts";
import {
  formatProcessId,
  livenessOf,
  type ProcessId,
  parseProcessId,
  thisProcess,
} from "../host/process-id.ts";
import { isSystemError } from "../host/unkept.ts";

/** An operation that waits on this host to land. */
export interface OutboxEntry {
  readonly operation: Operation;
  /**
   * The newest commit of the hub that this host knew when it stored the operation. The operation cannot be in an
   * older one.
   */
  readonly since: string | null;
  /** Why it has not landed, when an immediate retry would change nothing. */
  readonly trouble?: Trouble | undefined;
  /** The process that waits for the result; undefined when no process waits any more. */
  readonly waiter: ProcessId | undefined;
}

/**
 * The operations that this host has yet to land, in the order of ids. Each is one file, which is durable before
 * anything else happens. The file's name has the process that waits for the result (`<op>@<process>.json`), so that
 * the process can stop waiting with one rename.
 */
export class Outbox {
  readonly directory: string;
  /** The folder for outbox files that cannot be read. */
  readonly broken: string;

  /** The entries that this process stored. No other process changes a file while a process waits for its result. */
  readonly #added = new Map<string, OutboxEntry>();

  constructor(hubDirectory: string) {
    this.directory = join(hubDirectory, "outbox");
    this.broken = join(hubDirectory, "outbox-broken");
  }

  /**
   * The id that an operation gets on this host: the fresh id or, when the clock went back, an id after all waiting
   * ones. Those that wait for their time do not count: their ids are in the future.
   */
  idAfterWaiting(fresh: Ulid): Ulid {
    const later = this.#names().filter((name) => name.slice(0, fresh.length) >= fresh);
    const last = later.findLast((name) => !this.#isDatedAhead(name))?.slice(0, fresh.length);
    return last === undefined ? fresh : idAfter(last, fresh);
  }

  #isDatedAhead(name: string): boolean {
    const file = parseJson(readText(join(this.directory, name)) ?? "") as
      | Partial<OutboxEntry>
      | null
      | undefined;
    return file?.trouble?.code === CLOCK_AHEAD;
  }

  /**
   * Stores an operation that this process waits for. Once it returns, no crash and no power failure loses the
   * operation.
   */
  add(operation: Operation, since: string | null): OutboxEntry {
    const entry = { operation, since, waiter: thisProcess() };
    writeDurably(this.#path(operation.op, entry.waiter), encode(entry));
    this.#added.set(fileNameOf(operation.op, entry.waiter), entry);
    return entry;
  }

  /** Stores an operation for which no process waits. */
  put({ operation, since, trouble }: OutboxEntry): void {
    writeDurably(this.#path(operation.op, undefined), encode({ operation, since, trouble }));
  }

  /**
   * All waiting operations, oldest first. Moves unreadable files to the folder for broken ones. Throws file system errors,
   * because an operation that is not seen must not count as gone.
   */
  async read(): Promise<OutboxEntry[]> {
    const entries: OutboxEntry[] = [];
    for (const name of this.#names()) {
      const entry = await this.#entry(name);
      if (entry) entries.push(entry);
    }
    return entries;
  }

  /** The number of waiting files. It reads only the directory. */
  get size(): number {
    return this.#names().length;
  }

  /**
   * Stops waiting for a result. Returns false when the operation is gone from the outbox, because its result is
   * known.
   */
  stopWaiting({ operation, waiter }: OutboxEntry): boolean {
    try {
      renameSync(this.#path(operation.op, waiter), this.#path(operation.op, undefined));
      return true;
    } catch {
      return false;
    }
  }

  /** Whether an operation waits, whether a process waits for its result or not. */
  has({ operation: { op }, waiter }: OutboxEntry): boolean {
    return [waiter, undefined].some((each) => readText(this.#path(op, each)) !== undefined);
  }

  /** Stores an operation again that another process took out. No process waits for it. */
  putBack(entry: OutboxEntry): void {
    writeDurably(this.#path(entry.operation.op, undefined), encode(entry));
  }

  /** Notes why an operation stays, if it is still in the outbox. No process waits for it any more. */
  keep(entry: OutboxEntry, trouble: Trouble | undefined): void {
    const { operation, waiter } = entry;
    const path = this.#path(operation.op, undefined);
    const isThere = waiter === undefined ? readText(path) !== undefined : this.stopWaiting(entry);
    const hasChanged = trouble?.code !== entry.trouble?.code || trouble?.message !== entry.trouble?.message;
    if (isThere && hasChanged) writeDurably(path, encode({ ...entry, trouble }));
  }

  /**
   * Removes an operation. Returns false when its process has stopped waiting meanwhile, so that the operation stays.
   */
  remove({ operation, waiter }: OutboxEntry): boolean {
    return unlink(this.#path(operation.op, waiter));
  }

  /** Removes an operation, whether a process waits for it or not. */
  forget(entry: OutboxEntry): void {
    if (!this.remove(entry)) this.remove({ ...entry, waiter: undefined });
  }

  /** The files that could not be read. */
  brokenFiles(): string[] {
    return listNames(this.broken).map((name) => join(this.broken, name));
  }

  #setAside(name: string, text: string): void {
    writeAtomically(join(this.broken, name), text);
    unlink(join(this.directory, name));
  }

  #names(): string[] {
    return listNamesSurely(this.directory).filter((name) => NAME.test(name));
  }

  async #entry(name: string): Promise<OutboxEntry | undefined> {
    const text = readTextSurely(join(this.directory, name));
    // The operation ended, or its process stopped waiting, after the directory was listed.
    if (text === undefined) return undefined;
    const added = this.#added.get(name);
    if (added) return added;
    const { OutboxFile } = await import("../../domain/stored-operation.ts");
    const file = OutboxFile.safeParse(parseJson(text));
    const waiter = parseProcessId(NAME.exec(name)?.[2] ?? "");
    if (file.success && fileNameOf(file.data.operation.op, waiter) === name) return { ...file.data, waiter };
    try {
      this.#setAside(name, text);
    } catch (error) {
      // On a full or read-only disk it stays where it is, and no operation is read from it.
      if (!isSystemError(error)) throw error;
    }
    return undefined;
  }

  #path(op: string, waiter: ProcessId | undefined): string {
    return join(this.directory, fileNameOf(op, waiter));
  }
}

const NAME = /^([0-7][0-9A-HJKMNP-TV-Z]{25})(?:@(\d{1,10}(?:-[a-z0-9]*){1,3}))?\.json$/;

function fileNameOf(op: string, waiter: ProcessId | undefined): string {
  return waiter === undefined ? `${op}.json` : `${op}@${formatProcessId(waiter)}.json`;
}

function encode({ operation, since, trouble }: Omit<OutboxEntry, "waiter">): string {
  return `${JSON.stringify({ operation, since, trouble })}\n`;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/**
 * The time of one id plus one millisecond, with the random part of another, so that no two processes make the same
 * id.
 */
function idAfter(id: string, fresh: Ulid): Ulid {
  return (encodeUlidTime(ulidTime(id) + 1) + fresh.slice(10)) as Ulid;
}

/**
 * The entries to land now. An operation that the hub refused before is tried again when its session has a new
 * operation, so that their order is kept, or when the caller asks for it. One that waits for its time is tried again
 * when this host's clock has reached it. A dropped operation must be withdrawn from the hub, where other hosts can see it.
 */
export function dueEntries(
  entries: readonly OutboxEntry[],
  retriesRefused: boolean,
  nowMs: number,
): OutboxEntry[] {
  const active = new Set(entries.filter(({ trouble }) => !trouble).map(({ operation }) => operation.session));
  return entries.filter((entry) => {
    const { trouble, operation } = entry;
    const isDue =
      trouble?.code === CLOCK_AHEAD ? Date.parse(operation.at) <= nowMs : active.has(operation.session);
    const isRetried = trouble?.by === "hub" && (retriesRefused || isDue);
    return !trouble || isDropped(entry) || isRetried;
  });
}

/** Whether the user dropped the operation. */
export function isDropped({ trouble }: Pick<OutboxEntry, "trouble">): boolean {
  return trouble?.code === DROPPED.code;
}

/** Whether a process may wait for the operation's ending. */
export function mayBeWaitedFor({ waiter }: Pick<OutboxEntry, "waiter">): boolean {
  return waiter !== undefined && livenessOf(waiter) !== "dead";
}

/** For how long an operation counts as being sent whose process cannot be judged. */
const UNKNOWN_WAITER_MS = 60_000;

/**
 * Whether a running command sends the operation, as far as this host can tell. Where its process cannot be judged, that
 * is so for a while after the operation was made; by the clock, because it is only shown and a hint.
 */
export function isBeingSent({ operation, waiter }: OutboxEntry, now: number): boolean {
  const liveness = waiter === undefined ? "dead" : livenessOf(waiter);
  if (liveness !== "unknown") return liveness === "alive";
  return Math.abs(now - ulidTime(operation.op)) < UNKNOWN_WAITER_MS;
}
