import { join } from "node:path";
import { HostLock } from "../host/host-lock.ts";
import { isBeingSent, Outbox } from "./outbox.ts";

/**
 * Moves the waiting operations of one address of a hub to another address. What a process is sending or waits for stays,
 * and so does everything while a process writes to the old address. Returns how many were moved and how many stayed.
 *
 * An operation is stored in the new outbox before it leaves the old one. After a crash in between it is in both, and
 * lands once, because its id is looked up in the hub's history.
 */
export async function moveOutbox(
  from: string,
  to: string,
  now: number,
): Promise<{ moved: number; stayed: number }> {
  const [source, target] = [new Outbox(from), new Outbox(to)];
  const lock = HostLock.take(join(from, "lock"));
  if (lock === undefined) return { moved: 0, stayed: source.size };
  let moved = 0;
  try {
    for (const entry of await source.read()) {
      if (isBeingSent(entry, now)) continue;
      // That the hub refused it at its old address says nothing about the new one.
      target.put({ ...entry, trouble: entry.trouble?.by === "rules" ? entry.trouble : undefined });
      source.remove(entry);
      moved++;
    }
  } finally {
    lock.release();
  }
  return { moved, stayed: source.size };
}
