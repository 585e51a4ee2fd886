import { DROPPED } from "../../domain/refusal.ts";
import { HiveError } from "../../errors.ts";
import { HostLock } from "../host/host-lock.ts";
import { dropped } from "../hub/errors.ts";
import type { HubStore } from "../hub-store.ts";
import { storedErrorOf } from "../outbox/ending.ts";
import { mayBeWaitedFor, type OutboxEntry } from "../outbox/outbox.ts";
import { endingOnHub } from "./ending-on-hub.ts";
import { isPublished } from "./host-outboxes.ts";
import { whileLocked } from "./land.ts";
import { settle } from "./settle.ts";

/**
 * What came of dropping an operation: it never lands; or other hosts can see it, so it must be withdrawn on the hub; or it
 * had ended before.
 */
export type Dropped = "dropped" | "visible" | "ended";

/**
 * Takes an operation out of the outbox while no other process can land it. Throws HiveError when another process is
 * writing for all of `seconds`.
 */
export async function dropFromOutbox(
  store: HubStore,
  op: string,
  isOffline: boolean,
  seconds: number,
): Promise<Dropped> {
  const lock = await HostLock.takeWithin(store.lock, seconds * 1000);
  if (lock === undefined) throw busy(op);
  return whileLocked(store, lock, async () => {
    const entry = (await store.outbox.read()).find(({ operation }) => operation.op === op);
    if (entry === undefined) return "ended";
    // A process that is told that nothing was written must be told the truth, so the hub is asked.
    const ending = await endingOnHub(store, entry, !isOffline && mayBeWaitedFor(entry));
    if (ending !== undefined) {
      settle(store, lock, entry, ending, false);
      return "ended";
    }
    return (await isPublished(store, op)) ? markDropped(store, entry) : remove(store, entry);
  });
}

function markDropped({ outbox, results }: HubStore, entry: OutboxEntry): Dropped {
  const { operation, waiter } = entry;
  if (waiter && mayBeWaitedFor(entry))
    results.leave(operation.op, waiter, { kind: "queued", why: storedErrorOf(beingWithdrawn(operation.op)) });
  outbox.keep(entry, { by: "rules", ...DROPPED });
  return "visible";
}

/** The process that waits is told first. It removes the operation itself when this process is killed in between. */
function remove({ outbox, results }: HubStore, entry: OutboxEntry): Dropped {
  const { operation, waiter } = entry;
  if (waiter && mayBeWaitedFor(entry))
    results.leave(operation.op, waiter, { kind: "failed", fault: storedErrorOf(dropped(operation.op)) });
  outbox.forget(entry);
  return "dropped";
}

function busy(op: string): HiveError {
  return new HiveError(
    "busy",
    `${op} was not dropped: another process is writing, and may be sending it.`,
    `See what waits: hive outbox. Then: hive outbox drop ${op}`,
  );
}

function beingWithdrawn(op: string): HiveError {
  return new HiveError(
    "dropped",
    `${op} was dropped from the outbox.`,
    "Another host may still land it until the hub answers. Next: hive sync",
  );
}
