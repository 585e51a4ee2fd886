import { type Complaint, REPAIR } from "../../domain/doctor/check.ts";
import { isBroken } from "../../domain/doctor/repository.ts";
import { count } from "../../domain/values/count.ts";
import { expected, HiveError } from "../../errors.ts";
import { remove } from "../../store/health/leftovers.ts";
import { HostLock } from "../../store/host/host-lock.ts";
import { showAddress } from "../../store/hub/address.ts";
import { rebuildReplica } from "../../store/replica/rebuild.ts";
import type { Repairable } from "./host.ts";
import type { DoctorSubject } from "./subject.ts";

/** What was mended, in sentences, and what kept the rest from it. */
export interface Repaired {
  readonly fixed: readonly string[];
  readonly hindrance: Complaint | undefined;
}

/** Mends what can be mended here, while no process of this host writes. What waits to be sent is never touched. */
export async function repair(subject: DoctorSubject, repairable: Repairable): Promise<Repaired> {
  if (!needsRepair(subject, repairable)) return { fixed: [], hindrance: undefined };
  const lock = HostLock.take(subject.lock);
  if (lock === undefined) return { fixed: [], hindrance: BUSY };
  const fixed: string[] = [];
  try {
    if (isBroken(repairable.health)) fixed.push(...(await rebuild(subject)));
    fixed.push(...sweep(repairable));
    return { fixed, hindrance: undefined };
  } catch (error) {
    const { message, hint } = expected(error);
    return {
      fixed,
      hindrance: { message: `It was left as it is: ${message}`, hint: `${hint} Then: ${REPAIR}` },
    };
  } finally {
    lock.release();
  }
}

const BUSY = { message: "A command is writing right now.", hint: `When it has ended: ${REPAIR}` };

function needsRepair({ address }: DoctorSubject, { health, stuck, leftovers }: Repairable): boolean {
  return (isBroken(health) && address.kind === "remote") || stuck.length > 0 || leftovers.length > 0;
}

/** A hub on this disk is the truth itself; there is nothing to make it from. */
async function rebuild({ address, directory, world, options }: DoctorSubject): Promise<string[]> {
  if (address.kind === "path") return [];
  if (options.isOffline)
    throw new HiveError("offline", "It is made anew from the hub.", "Leave out --offline.");
  await rebuildReplica(address, directory, world.env);
  return [`Made the replica anew from ${showAddress(address)}.`];
}

function sweep({ stuck, leftovers }: Repairable): string[] {
  remove([...stuck, ...leftovers]);
  return [
    ...(stuck.length > 0 ? [`Removed ${count(stuck.length, "lock")} of a git that was killed.`] : []),
    ...(leftovers.length > 0
      ? [`Removed ${count(leftovers.length, "leftover")} of processes that died.`]
      : []),
  ];
}
