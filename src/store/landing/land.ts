import type { Operation } from "../../domain/operation.ts";
import type { Ulid } from "../../domain/values/ids.ts";
import type { HiveError } from "../../errors.ts";
import { knownRef } from "../git/refs.ts";
import { Bell } from "../host/directory-watch.ts";
import { HostLock } from "../host/host-lock.ts";
import { monotonic } from "../host/monotonic.ts";
import { contended, dropped, hostTrouble } from "../hub/errors.ts";
import type { Place } from "../hub-store.ts";
import { type Ending, faultOf } from "../outbox/ending.ts";
import type { Entry } from "../outbox/outbox.ts";
import { Carrier } from "./writer.ts";

/** How an operation ended, and the id it got on this host. */
export interface Ended {
  readonly op: Ulid;
  readonly ending: Ending;
}

/** A writer that does nothing for so long is stuck, or is no writer: longer than any one command of git may take. */
const PATIENCE_MS = 40_000;

/**
 * Lands one operation: stores it, and either carries everything that waits on this host to the hub, or waits for the
 * process that does. From the moment it is stored it is never lost: what has not landed after so many seconds, or
 * while the hub gives no answer, is queued, and a later command of anyone on this host lands it. Throws when it cannot
 * be stored.
 */
export async function land(place: Place, wish: Operation, seconds: number): Promise<Ended> {
  const entry = store(place, wish);
  const { op } = entry.operation;
  let why = faultOf(contended(place.repository.address, seconds));
  try {
    const ending = await seeThrough(place, entry, monotonic() + seconds * 1000);
    if (ending !== undefined) return { op, ending };
  } catch (error) {
    if (!isSystemError(error)) throw error;
    why = faultOf(hostTrouble(error));
  }
  // False when it ended in this very moment: then how it did is there to be taken.
  const isQueued = place.outbox.stopWaiting(entry);
  const left = isQueued ? undefined : place.results.take(op);
  return { op, ending: left ?? { kind: "queued", why } };
}

/** The operating system said no, as a full disk does. What is stored stays stored. */
function isSystemError(error: unknown): error is Error {
  return error instanceof Error && "syscall" in error;
}

/** Stores one operation for a later command to land. */
export function queue(place: Place, wish: Operation, why: HiveError): Ended {
  const entry = store(place, wish);
  place.outbox.keep(entry, undefined);
  return { op: entry.operation.op, ending: { kind: "queued", why: faultOf(why) } };
}

/** Carries what earlier commands left on this host, unless somebody is at it; what waits for the next push may stay. */
export async function carryLeftovers(place: Place, insists: boolean, seconds: number): Promise<void> {
  const lock = HostLock.take(place.lock);
  if (lock === undefined) return;
  await whileLocked(place, lock, () =>
    new Carrier(place, undefined, insists).carry(monotonic() + seconds * 1000),
  );
}

function store({ repository, outbox, reached }: Place, operation: Operation): Entry {
  reached("storing");
  const op = outbox.idAfterWaiting(operation.op);
  const entry = outbox.add({ ...operation, op }, knownRef(repository.git, repository.tip));
  reached("stored");
  return entry;
}

/** Until the operation has ended or the deadline has passed. */
async function seeThrough(place: Place, entry: Entry, deadline: number): Promise<Ending | undefined> {
  let bell: Bell | undefined;
  const watched = new Watch();
  try {
    for (;;) {
      const ending = await tryToEnd(place, entry, deadline, watched.passed);
      const left = deadline - monotonic();
      if (ending !== undefined || left <= 0) return ending;
      // Heard from now on; what changed before is looked at once more.
      if (bell) await bell.rings(left);
      else bell = new Bell([place.results.directory, place.lock]);
      watched.see(HostLock.holder(place.lock)?.number);
    }
  } finally {
    bell?.close();
  }
}

async function tryToEnd(
  place: Place,
  { operation: { op } }: Entry,
  deadline: number,
  passed: number | undefined,
): Promise<Ending | undefined> {
  const lock = HostLock.take(place.lock, passed);
  if (lock === undefined) return place.results.take(op);
  return whileLocked(place, lock, async () => {
    const carried = await new Carrier(place, op, false).carry(deadline);
    if (carried) return carried;
    const isThere = (await place.outbox.read()).some(({ operation }) => operation.op === op);
    return isThere ? undefined : (place.results.take(op) ?? { kind: "failed", fault: faultOf(dropped(op)) });
  });
}

async function whileLocked<Value>(place: Place, lock: HostLock, act: () => Promise<Value>): Promise<Value> {
  place.reached("locked");
  try {
    return await act();
  } finally {
    lock.release();
    place.reached("released");
  }
}

/** Watches the holder of the lock on a clock of its own: one that stays for too long is passed over. */
class Watch {
  #number: number | undefined;
  #since = monotonic();

  see(number: number | undefined): void {
    if (number === this.#number) return;
    this.#number = number;
    this.#since = monotonic();
  }

  get passed(): number | undefined {
    return monotonic() - this.#since > PATIENCE_MS ? this.#number : undefined;
  }
}
