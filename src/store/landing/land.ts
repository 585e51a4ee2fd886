import type { Operation } from "../../domain/operation.ts";
import type { Ulid } from "../../domain/values/ids.ts";
import type { HiveError } from "../../errors.ts";
import { knownRef } from "../git/refs.ts";
import { DirectoryWatch } from "../host/directory-watch.ts";
import { HostLock } from "../host/host-lock.ts";
import { monotonic } from "../host/monotonic.ts";
import { contended, dropped, hostTrouble } from "../hub/errors.ts";
import type { HubStore } from "../hub-store.ts";
import { type Ending, storedErrorOf } from "../outbox/ending.ts";
import type { OutboxEntry } from "../outbox/outbox.ts";
import { Writer } from "./writer.ts";

/** How an operation ended, and the id it got on this host. */
export interface Ended {
  readonly op: Ulid;
  readonly ending: Ending;
}

/** A writer that does nothing for so long is stuck, or is no writer: longer than any one command of git may take. */
const WAIT_FOR_WRITER_MS = 40_000;

/**
 * Lands one operation: stores it, and either carries everything that waits on this host to the hub, or waits for the
 * process that does. From the moment it is stored it is never lost: what has not landed after so many seconds, or
 * while the hub gives no answer, is queued, and a later command of anyone on this host lands it. Throws when it cannot
 * be stored.
 */
export async function land(store: HubStore, operation: Operation, seconds: number): Promise<Ended> {
  const entry = keepInOutbox(store, operation);
  const { op } = entry.operation;
  let why = storedErrorOf(contended(store.repository.address, seconds));
  try {
    const ending = await seeThrough(store, entry, monotonic() + seconds * 1000);
    if (ending !== undefined) return { op, ending };
  } catch (error) {
    if (!isSystemError(error)) throw error;
    why = storedErrorOf(hostTrouble(error));
  }
  // False when it ended in this very moment: then how it did is there to be taken.
  const isQueued = store.outbox.stopWaiting(entry);
  const left = isQueued ? undefined : store.results.take(op);
  return { op, ending: left ?? { kind: "queued", why } };
}

/** The operating system said no, as a full disk does. What is stored stays stored. */
function isSystemError(error: unknown): error is Error {
  return error instanceof Error && "syscall" in error;
}

/** Stores one operation for a later command to land. */
export function queue(store: HubStore, operation: Operation, why: HiveError): Ended {
  const entry = keepInOutbox(store, operation);
  store.outbox.keep(entry, undefined);
  return { op: entry.operation.op, ending: { kind: "queued", why: storedErrorOf(why) } };
}

/** Carries what earlier commands left on this host, unless somebody is at it; what waits for the next push may stay. */
export async function carryLeftovers(store: HubStore, insists: boolean, seconds: number): Promise<void> {
  const lock = HostLock.take(store.lock);
  if (lock === undefined) return;
  await whileLocked(store, lock, () =>
    new Writer(store, undefined, insists).carry(monotonic() + seconds * 1000),
  );
}

function keepInOutbox({ repository, outbox, reached }: HubStore, operation: Operation): OutboxEntry {
  reached("storing");
  const op = outbox.idAfterWaiting(operation.op);
  const entry = outbox.add({ ...operation, op }, knownRef(repository.git, repository.tip));
  reached("stored");
  return entry;
}

/** Until the operation has ended or the deadline has passed. */
async function seeThrough(
  store: HubStore,
  entry: OutboxEntry,
  deadline: number,
): Promise<Ending | undefined> {
  let watch: DirectoryWatch | undefined;
  const watched = new DeadlineWatch();
  try {
    for (;;) {
      const ending = await tryToEnd(store, entry, deadline, watched.passed);
      const left = deadline - monotonic();
      if (ending !== undefined || left <= 0) return ending;
      // Heard from now on; what changed before is looked at once more.
      if (watch) await watch.rings(left);
      else watch = new DirectoryWatch([store.results.directory, store.lock]);
      watched.see(HostLock.holder(store.lock)?.number);
    }
  } finally {
    watch?.close();
  }
}

async function tryToEnd(
  store: HubStore,
  { operation: { op } }: OutboxEntry,
  deadline: number,
  passed: number | undefined,
): Promise<Ending | undefined> {
  const lock = HostLock.take(store.lock, passed);
  if (lock === undefined) return store.results.take(op);
  return whileLocked(store, lock, async () => {
    const carried = await new Writer(store, op, false).carry(deadline);
    if (carried) return carried;
    const isThere = (await store.outbox.read()).some(({ operation }) => operation.op === op);
    return isThere
      ? undefined
      : (store.results.take(op) ?? { kind: "failed", fault: storedErrorOf(dropped(op)) });
  });
}

async function whileLocked<Value>(
  store: HubStore,
  lock: HostLock,
  act: () => Promise<Value>,
): Promise<Value> {
  store.reached("locked");
  try {
    return await act();
  } finally {
    lock.release();
    store.reached("released");
  }
}

/** Watches the holder of the lock on a clock of its own: one that stays for too long is passed over. */
class DeadlineWatch {
  #number: number | undefined;
  #since = monotonic();

  see(number: number | undefined): void {
    if (number === this.#number) return;
    this.#number = number;
    this.#since = monotonic();
  }

  get passed(): number | undefined {
    return monotonic() - this.#since > WAIT_FOR_WRITER_MS ? this.#number : undefined;
  }
}
