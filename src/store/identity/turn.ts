import { setTimeout as sleep } from "node:timers/promises";
import { HostLock } from "../host/host-lock.ts";
import { monotonic } from "../host/monotonic.ts";

/** How often a waiting process looks again. Short, because a tool waits for it. */
const PAUSE_MS = 15;

/**
 * Runs an action while no other process of this host runs one in the same turn. A process that waited this long goes
 * first, because the other may be stuck; so an action looks again at what it may have changed.
 */
export async function inTurn<Value>(
  directory: string,
  milliseconds: number,
  act: () => Promise<Value>,
): Promise<Value> {
  const lock = await take(directory, milliseconds);
  try {
    return await act();
  } finally {
    lock?.release();
  }
}

/**
 * Runs an action while no other process of this host runs one in the same turn. Undefined where another one did not end
 * within this time; with 0, nobody is waited for.
 */
export async function inTurnWithin<Value>(
  directory: string,
  milliseconds: number,
  act: () => Promise<Value>,
): Promise<{ readonly done: Value } | undefined> {
  const lock =
    milliseconds > 0 ? await HostLock.takeWithin(directory, milliseconds) : HostLock.take(directory);
  if (lock === undefined) return undefined;
  try {
    return { done: await act() };
  } finally {
    lock.release();
  }
}

async function take(directory: string, milliseconds: number): Promise<HostLock | undefined> {
  const until = monotonic() + milliseconds;
  for (;;) {
    const lock = HostLock.take(directory);
    if (lock !== undefined) return lock;
    if (monotonic() > until) return HostLock.take(directory, HostLock.holder(directory)?.number);
    await sleep(PAUSE_MS);
  }
}
