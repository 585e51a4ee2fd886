import { renameSync } from "node:fs";
import { join } from "node:path";
import type { Operation } from "../../domain/operation.ts";
import { DROPPED } from "../../domain/refusal.ts";
import type { Trouble } from "../../domain/stored-operation.ts";
import type { Ulid } from "../../domain/values/ids.ts";
import { encodeUlidTime, ulidTime } from "../../domain/values/ulid.ts";
import { listNames, readText, unlink, writeAtomically, writeDurably } from "../host/files.ts";
import { formatProcessId, type ProcessId, parseProcessId, thisProcess } from "../host/process-id.ts";

/** An operation that waits on this host to land. */
export interface OutboxEntry {
  readonly operation: Operation;
  /** The newest commit of the hub this host knew when it was stored; it cannot have landed before. */
  readonly since: string | null;
  /** Why it did not land so far, where trying again at once would change nothing. */
  readonly trouble?: Trouble | undefined;
  /** The process that waits for its end; undefined once nobody does. */
  readonly waiter: ProcessId | undefined;
}

/**
 * What this host has yet to land: one file an operation, durable before anything else happens, in the order of ids.
 * A file's name says who waits for its end (`<op>@<process>.json`), so that to stop waiting is one rename.
 */
export class Outbox {
  readonly directory: string;
  /** Where files are set aside that cannot be read. */
  readonly broken: string;

  /** What this process stored itself; nobody changes a file while somebody waits for its end. */
  readonly #added = new Map<string, OutboxEntry>();

  constructor(hubDirectory: string) {
    this.directory = join(hubDirectory, "outbox");
    this.broken = join(hubDirectory, "outbox-broken");
  }

  /** The id an operation gets here: the fresh one or, when the clock went back, one after all that wait. */
  idAfterWaiting(fresh: Ulid): Ulid {
    const last = this.#names().at(-1)?.slice(0, fresh.length);
    return last !== undefined && last >= fresh ? following(last, fresh) : fresh;
  }

  /** Stores an operation that this process waits for. When it returns, no crash and no loss of power loses it. */
  add(operation: Operation, since: string | null): OutboxEntry {
    const entry = { operation, since, waiter: thisProcess() };
    writeDurably(this.#path(operation.op, entry.waiter), encode(entry));
    this.#added.set(nameOf(operation.op, entry.waiter), entry);
    return entry;
  }

  /** All that waits, oldest first. What cannot be read is set aside. */
  async read(): Promise<OutboxEntry[]> {
    const entries: OutboxEntry[] = [];
    for (const name of this.#names()) {
      const entry = await this.#entry(name);
      if (entry) entries.push(entry);
    }
    return entries;
  }

  /** How many files wait, at the price of a look at the directory. */
  get size(): number {
    return this.#names().length;
  }

  /** This process waits no longer. False when the operation is not there any more: its end is known. */
  stopWaiting({ operation, waiter }: OutboxEntry): boolean {
    try {
      renameSync(this.#path(operation.op, waiter), this.#path(operation.op, undefined));
      return true;
    } catch {
      return false;
    }
  }

  /** Notes why an operation stays, if it is still there; nobody waits for it any more. */
  keep(entry: OutboxEntry, trouble: Trouble | undefined): void {
    const { operation, waiter } = entry;
    const path = this.#path(operation.op, undefined);
    const isThere = waiter === undefined ? readText(path) !== undefined : this.stopWaiting(entry);
    const isNews = trouble?.code !== entry.trouble?.code || trouble?.message !== entry.trouble?.message;
    if (isThere && isNews) writeDurably(path, encode({ ...entry, trouble }));
  }

  /** Takes an operation out; false when its process had stopped waiting meanwhile, and it is still there. */
  remove({ operation, waiter }: OutboxEntry): boolean {
    return unlink(this.#path(operation.op, waiter));
  }

  /** Takes an operation out whoever waits for it. */
  forget(entry: OutboxEntry): void {
    if (!this.remove(entry)) this.remove({ ...entry, waiter: undefined });
  }

  /** The files that were set aside. */
  brokenFiles(): string[] {
    return listNames(this.broken).map((name) => join(this.broken, name));
  }

  #setAside(name: string, text: string): void {
    writeAtomically(join(this.broken, name), text);
    unlink(join(this.directory, name));
  }

  #names(): string[] {
    return listNames(this.directory).filter((name) => NAME.test(name));
  }

  async #entry(name: string): Promise<OutboxEntry | undefined> {
    const text = readText(join(this.directory, name));
    // It ended, or its process stopped waiting, since the directory was listed.
    if (text === undefined) return undefined;
    const added = this.#added.get(name);
    if (added) return added;
    const { OutboxFile } = await import("../../domain/stored-operation.ts");
    const file = OutboxFile.safeParse(parseJson(text));
    const waiter = parseProcessId(NAME.exec(name)?.[2] ?? "");
    if (file.success && nameOf(file.data.operation.op, waiter) === name) return { ...file.data, waiter };
    this.#setAside(name, text);
    return undefined;
  }

  #path(op: string, waiter: ProcessId | undefined): string {
    return join(this.directory, nameOf(op, waiter));
  }
}

const NAME = /^([0-7][0-9A-HJKMNP-TV-Z]{25})(?:@(\d{1,10}-[a-z0-9]*))?\.json$/;

function nameOf(op: string, waiter: ProcessId | undefined): string {
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

/** The time of an id, a millisecond later, and the random part of another: no two processes make the same one. */
function following(id: string, fresh: Ulid): Ulid {
  return (encodeUlidTime(ulidTime(id) + 1) + fresh.slice(10)) as Ulid;
}

/**
 * The entries that are to be carried now. What the hub has refused before is tried again with what its session wishes
 * now, so that its order is kept, or where somebody insists; what was given up has to be withdrawn from other hosts'
 * sight.
 */
export function dueEntries(entries: readonly OutboxEntry[], insists: boolean): OutboxEntry[] {
  const wishing = new Set(
    entries.filter(({ trouble }) => !trouble).map(({ operation }) => operation.session),
  );
  return entries.filter(
    ({ trouble, operation }) =>
      !trouble ||
      trouble.code === DROPPED.code ||
      (trouble.by === "hub" && (insists || wishing.has(operation.session))),
  );
}
