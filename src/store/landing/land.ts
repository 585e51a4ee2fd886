import type { Operation } from "../../domain/operation.ts";
import type { Ulid } from "../../domain/values/ids.ts";
import { HiveError } from "../../errors.ts";
import { knownRef } from "../git/refs.ts";
import { DirectoryWatch } from "../host/directory-watch.ts";
import { HostLock } from "../host/host-lock.ts";
import { monotonic } from "../host/monotonic.ts";
import { OwnerWatch } from "../host/owner-watch.ts";
import { isSystemError } from "../host/unkept.ts";
import { contended, hostTrouble } from "../hub/errors.ts";
import type { HubStore } from "../hub-store.ts";
import { type Ending, storedErrorOf } from "../outbox/ending.ts";
import type { OutboxEntry } from "../outbox/outbox.ts";
import { endingOnHub } from "./ending-on-hub.ts";
import { Writer } from "./writer.ts";

/** The ending of an operation and the id that it got on this host. */
export interface Ended {
  readonly op: Ulid;
  readonly ending: Ending;
}

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
  const isQueued = store.outbox.stopWaiting(entry) || store.outbox.has(entry);
  const ending = isQueued ? undefined : await endingOfGone(store, entry, false);
  return { op, ending: ending ?? { kind: "queued", why: reason } };
}

/**
 * The ending of an operation that another process took out of the outbox. Where that process left no result, because it
 * was killed or stopped, the hub knows whether the operation landed. Where it did not, it waits again: it lands once,
 * whatever that process still does. Returns undefined then.
 */
async function endingOfGone(
  store: HubStore,
  entry: OutboxEntry,
  refreshes: boolean,
): Promise<Ending | undefined> {
  const { op } = entry.operation;
  const ending =
    takeResult(store, entry) ?? (await endingOnHub(store, entry, refreshes)) ?? takeResult(store, entry);
  if (ending !== undefined) return ending;
  try {
    store.outbox.putBack(entry);
  } catch (error) {
    if (!isSystemError(error)) throw error;
    throw notKnown(op, error);
  }
  return undefined;
}

/** Takes the ending that another process left. What did not land must not wait any more before that is said. */
function takeResult({ results, outbox }: HubStore, entry: OutboxEntry): Ending | undefined {
  const ending = results.take(entry.operation.op);
  if (ending?.kind === "failed" || ending?.kind === "refusal") outbox.forget(entry);
  return ending;
}

function notKnown(op: Ulid, cause: Error): HiveError {
  return new HiveError(
    "not_known",
    `It is not known whether ${op} landed: another process took it, and it could not be stored again: ${cause.message}.`,
    "Before you repeat it, look whether it landed: hive log",
    { cause },
  );
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
  const lock = await HostLock.takeWithin(store.lock, 0);
  if (lock === undefined) return;
  await whileLocked(store, lock, () =>
    new Writer(store, lock, undefined, retriesRefused).landWaiting(monotonic() + seconds * 1000),
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
  const owners = new OwnerWatch();
  try {
    for (;;) {
      const ending = await tryToLand(store, entry, deadline, owners.passable);
      const left = deadline - monotonic();
      if (ending !== undefined || left <= 0) return ending;
      // The watch reports changes only after it is created, so one more attempt covers changes before that.
      if (watch) await watch.nextChange(left);
      else watch = new DirectoryWatch([store.results.directory, store.lock]);
      owners.observe(HostLock.holder(store.lock));
    }
  } finally {
    watch?.close();
  }
}

async function tryToLand(
  store: HubStore,
  entry: OutboxEntry,
  deadline: number,
  passed: number | undefined,
): Promise<Ending | undefined> {
  const { op } = entry.operation;
  const lock = HostLock.take(store.lock, passed);
  if (lock === undefined) return takeResult(store, entry);
  return whileLocked(store, lock, async () => {
    const ending = await new Writer(store, lock, op, false).landWaiting(deadline);
    if (ending || !lock.isHeld) return ending;
    const isThere = (await store.outbox.read()).some(({ operation }) => operation.op === op);
    return isThere ? undefined : endingOfGone(store, entry, true);
  });
}

export async function whileLocked<Value>(
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
