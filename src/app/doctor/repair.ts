import { type Complaint, REPAIR } from "../../domain/doctor/check.ts";
import { isBroken } from "../../domain/doctor/repository.ts";
import { count } from "../../domain/values/count.ts";
import { asHiveError, HiveError } from "../../errors.ts";
import { projectOf } from "../../store/checkout/checkout.ts";
import { remove } from "../../store/health/leftovers.ts";
import { HostLock } from "../../store/host/host-lock.ts";
import { isSystemError } from "../../store/host/unkept.ts";
import { showAddress } from "../../store/hub/address.ts";
import { hostTrouble } from "../../store/hub/errors.ts";
import { rebuildReplica } from "../../store/replica/rebuild.ts";
import type { Repairable } from "./host.ts";
import type { DoctorSubject } from "./subject.ts";

/** The repairs, as sentences, and what prevented the others. */
export interface Repaired {
  readonly fixed: readonly string[];
  readonly hindrance: Complaint | undefined;
}

/** Repairs what can be repaired on this host while no process writes. Never changes operations in the outbox. */
export async function repair(subject: DoctorSubject, repairable: Repairable): Promise<Repaired> {
  if (!needsRepair(subject, repairable)) return { fixed: [], hindrance: undefined };
  const fixed: string[] = [];
  let lock: HostLock | undefined;
  try {
    lock = await HostLock.takeWithin(subject.lock, 0);
    if (lock === undefined) return { fixed, hindrance: BUSY };
    if (isBroken(repairable.health)) fixed.push(...(await rebuild(subject)));
    fixed.push(...removeLeftovers(repairable));
    return { fixed, hindrance: undefined };
  } catch (error) {
    const { message, hint } = asHiveError(isSystemError(error) ? hostTrouble(error) : error);
    return {
      fixed,
      hindrance: { message: `Nothing more was repaired: ${message}`, hint: `${hint} Then: ${REPAIR}` },
    };
  } finally {
    lock?.release();
  }
}

const BUSY = { message: "Another command is writing now.", hint: `When it has ended: ${REPAIR}` };

function needsRepair({ address }: DoctorSubject, { health, stuck, leftovers }: Repairable): boolean {
  return (isBroken(health) && address.kind === "remote") || stuck.length > 0 || leftovers.length > 0;
}

/** Rebuilds a replica from its hub. A hub on this disk cannot be rebuilt, because it has no other copy. */
async function rebuild({ address, directory, world, host, options }: DoctorSubject): Promise<string[]> {
  if (address.kind === "path") return [];
  if (options.isOffline)
    throw new HiveError("offline", "The replica cannot be rebuilt offline.", "Leave out --offline.");
  await rebuildReplica(directory, {
    address,
    project: projectOf(world.directory),
    environment: world.env,
    now: world.now,
    host: () => host.id(world.random),
  });
  return [`Rebuilt the replica from ${showAddress(address)}.`];
}

function removeLeftovers({ stuck, leftovers }: Repairable): string[] {
  remove([...stuck, ...leftovers]);
  return [
    ...(stuck.length > 0 ? [`Removed ${count(stuck.length, "lock")} of killed git processes.`] : []),
    ...(leftovers.length > 0 ? [`Removed ${count(leftovers.length, "leftover")} of ended processes.`] : []),
  ];
}
