import type { Operation } from "../../domain/operation.ts";
import type { Ulid } from "../../domain/values/ids.ts";
import type { HiveError } from "../../errors.ts";
import { knownRef } from "../git/refs.ts";
import { DirectoryWatch } from "../host/directory-watch.ts";
import { HostLock } from "../host/host-lock.ts";
import { monotonic } from "../host/monotonic.ts";
import { isSystemError } from "../host/unkept.ts";
import { contended, dropped, hostTrouble } from "../hub/errors.ts";
import type { HubStore } from "../hub-store.ts";
import { type Ending, storedErrorOf } from "../outbox/ending.ts";
import type { OutboxEntry } from "../outbox/outbox.ts";
import { Writer } from "./writer.ts";

/** The ending of an operation and the id that it got on this host. */
export interface Ended {
  readonly op: Ulid;
  readonly ending: Ending;
}

/**
 * A process that holds the lock for longer than this is stuck or is not a writer. No git command may take this long.
 */
const STUCK_WRITER_MS = 40_000;

/**
 * Lands one operation. Stores it first, then either becomes the writer and lands everything in this host's outbox, or
 * waits for the process that does. A stored operation is never lost: when it has not landed after `seconds`, or the
 * hub does not answer, it stays queued, and a later command on this host lands it. Throws when it cannot be stored.
 */
export async function land(store: HubStore, operation: Operation, seconds: number): Promise<Ended> {
  const entry = storeInOutbox(store, operation);
  const { op } = entry.operation;
  let reason = storedErrorOf(contended(store.repository.address, seconds));
  try {
    const ending = await landOrWait(store, entry, monotonic() + seconds * 1000);
    if (ending !== undefined) return { op, ending };
  } catch (error) {
    if (!isSystemError(error)) throw error;
    reason = storedErrorOf(hostTrouble(error));
  }
  // False when the operation ended at this moment; then its result can be taken.
  const isQueued = store.outbox.stopWaiting(entry);
  const left = isQueued ? undefined : store.results.take(op);
  return { op, ending: left ?? { kind: "queued", why: reason } };
}

/** Stores one operation for a later command to land. */
export function queue(store: HubStore, operation: Operation, reason: HiveError): Ended {
  const entry = storeInOutbox(store, operation);
  store.outbox.keep(entry, undefined);
  return { op: entry.operation.op, ending: { kind: "queued", why: storedErrorOf(reason) } };
}

/**
 * Lands what earlier commands left in the outbox, unless another process holds the lock. Operations that may wait for
 * the next push can stay.
 */
export async function landLeftovers(
  store: HubStore,
  retriesRefused: boolean,
  seconds: number,
): Promise<void> {
  const lock = HostLock.take(store.lock);
  if (lock === undefined) return;
  await whileLocked(store, lock, () =>
    new Writer(store, undefined, retriesRefused).landWaiting(monotonic() + seconds * 1000),
  );
}

function storeInOutbox({ repository, outbox, reached }: HubStore, operation: Operation): OutboxEntry {
  reached("storing");
  const op = outbox.idAfterWaiting(operation.op);
  const entry = outbox.add({ ...operation, op }, knownRef(repository.git, repository.tip));
  reached("stored");
  return entry;
}

/** Tries until the operation has ended or the deadline has passed. */
async function landOrWait(
  store: HubStore,
  entry: OutboxEntry,
  deadline: number,
): Promise<Ending | undefined> {
  let watch: DirectoryWatch | undefined;
  const holders = new HolderWatch();
  try {
    for (;;) {
      const ending = await tryToLand(store, entry, deadline, holders.stuckNumber);
      const left = deadline - monotonic();
      if (ending !== undefined || left <= 0) return ending;
      // The watch reports changes only after it is created, so one more attempt covers changes before that.
      if (watch) await watch.nextChange(left);
      else watch = new DirectoryWatch([store.results.directory, store.lock]);
      holders.update(HostLock.holder(store.lock)?.number);
    }
  } finally {
    watch?.close();
  }
}

async function tryToLand(
  store: HubStore,
  { operation: { op } }: OutboxEntry,
  deadline: number,
  stuckNumber: number | undefined,
): Promise<Ending | undefined> {
  const lock = HostLock.take(store.lock, stuckNumber);
  if (lock === undefined) return store.results.take(op);
  return whileLocked(store, lock, async () => {
    const ending = await new Writer(store, op, false).landWaiting(deadline);
    if (ending) return ending;
    const isThere = (await store.outbox.read()).some(({ operation }) => operation.op === op);
    return isThere
      ? undefined
      : (store.results.take(op) ?? { kind: "failed", fault: storedErrorOf(dropped(op)) });
  });
}

async function whileLocked<Value>(
  store: HubStore,
  lock: HostLock,
  action: () => Promise<Value>,
): Promise<Value> {
  store.reached("locked");
  try {
    return await action();
  } finally {
    lock.release();
    store.reached("released");
  }
}

/**
 * Measures on a monotonic clock how long the lock has had the same holder. A holder that keeps it too long is stuck.
 */
class HolderWatch {
  #number: number | undefined;
  #since = monotonic();

  update(number: number | undefined): void {
    if (number === this.#number) return;
    this.#number = number;
    this.#since = monotonic();
  }

  get stuckNumber(): number | undefined {
    return monotonic() - this.#since > STUCK_WRITER_MS ? this.#number : undefined;
  }
}
