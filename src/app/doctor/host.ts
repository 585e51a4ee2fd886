import { existsSync } from "node:fs";
import { join } from "node:path";
import type { Check } from "../../domain/doctor/check.ts";
import { judgeHelping, judgeRules } from "../../domain/doctor/hub.ts";
import { judgeLeftovers, judgeLocks } from "../../domain/doctor/leftovers.ts";
import { type Health, judgeRepository } from "../../domain/doctor/repository.ts";
import { judgeUnsent } from "../../domain/doctor/unsent.ts";
import { toInstant } from "../../domain/values/time.ts";
import { canRideAlong } from "../../domain/waiting.ts";
import { drafts, gitLocks, orphans, unchanged, unfinishedObjects } from "../../store/health/leftovers.ts";
import { healthOf } from "../../store/health/repository.ts";
import { HostLock } from "../../store/host/host-lock.ts";
import { isAlive } from "../../store/host/process-id.ts";
import { HubTraffic } from "../../store/hub/traffic.ts";
import { Outbox, type OutboxEntry } from "../../store/outbox/outbox.ts";
import type { DoctorSubject } from "./subject.ts";

/** How long a file has to stay the same: git-hive's own for a moment, those of a hub that others work in for longer. */
const DEAD_AFTER_MS = { remote: 1000, path: 4000 };

/** What can be mended. */
export interface Repairable {
  readonly health: Health;
  /** Locks of a git that was killed. */
  readonly stuck: readonly string[];
  /** What processes left that are no more. */
  readonly leftovers: readonly string[];
}

/** Looks at what lies on this host; the hub is not asked. */
export async function examineHost(
  subject: DoctorSubject,
): Promise<{ checks: Check[]; repairable: Repairable }> {
  const { address, git, ref, lock } = subject;
  const isReplica = address.kind === "remote";
  const outbox = await lookAtOutbox(subject);
  const { stuck, leftovers } = await watchFiles(subject);
  // Where there is no hub on this disk at all, opening it says so in words of its own.
  const isThere = isReplica || existsSync(join(git.directory, "objects"));
  const setting = isReplica ? "remote.hub.url" : undefined;
  const health: Health = isThere ? await healthOf({ git, ref, setting }) : { kind: "absent" };
  const checks = [
    ...outbox,
    ...(isReplica ? [lookAtHelping(subject)] : []),
    judgeLocks({ holder: ownerOf(lock), stuck }),
    judgeLeftovers(leftovers),
    ...(isThere ? [judgeRepository({ health, path: git.directory, ref, isReplica })] : []),
  ];
  return { checks, repairable: { health, stuck, leftovers } };
}

/** What cannot be read as an operation is set aside by the reading. */
async function lookAtOutbox({ directory, world, address }: DoctorSubject): Promise<Check[]> {
  const outbox = new Outbox(directory);
  const entries = await outbox.read();
  const refused = entries.flatMap(({ trouble }) => (trouble?.code === "push_refused" ? [trouble] : []));
  const facts = {
    unsent: entries.filter(isUnsent).map(({ operation }) => operation.at),
    refused: entries.filter(({ trouble }) => trouble?.by === "rules").length,
    broken: outbox.brokenFiles(),
  };
  const unsent = judgeUnsent(facts, toInstant(world.now()));
  return address.kind === "path" ? [unsent] : [unsent, judgeRules(refused)];
}

/** Nobody is at it, and it is not one that may wait. */
function isUnsent({ operation, trouble, waiter }: OutboxEntry): boolean {
  if (trouble) return trouble.by === "hub";
  return !canRideAlong(operation) && !(waiter && isAlive(waiter));
}

function lookAtHelping({ directory, world }: DoctorSubject): Check {
  const { refusesOutboxes } = new HubTraffic(directory, world.now);
  return judgeHelping(refusesOutboxes, join(directory, "pace.json"));
}

/** Takes a moment where there is anything to watch. */
async function watchFiles({
  address,
  directory,
  git,
  world,
}: DoctorSubject): Promise<Omit<Repairable, "health">> {
  const isReplica = address.kind === "remote";
  const old = isReplica ? unfinishedObjects(directory, world.now()) : [];
  const suspects = [...orphans(directory), ...drafts(directory), ...old];
  const [stuck, leftovers] = await Promise.all([
    unchanged(gitLocks(git.directory), DEAD_AFTER_MS[address.kind]),
    unchanged(suspects, DEAD_AFTER_MS.remote),
  ]);
  return { stuck, leftovers };
}

function ownerOf(lock: string): { pid: number; isAlive: boolean } | undefined {
  const owner = HostLock.lastOwner(lock);
  return owner && { pid: owner.pid, isAlive: isAlive(owner) };
}
