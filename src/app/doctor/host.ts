import { join } from "node:path";
import { bad, type Check } from "../../domain/doctor/check.ts";
import { judgeHelping, judgeRules } from "../../domain/doctor/hub.ts";
import { judgeLeftovers, judgeLocks, type LockFacts } from "../../domain/doctor/leftovers.ts";
import { type Health, judgeRepository } from "../../domain/doctor/repository.ts";
import { judgeUnsent } from "../../domain/doctor/unsent.ts";
import { toInstant } from "../../domain/values/time.ts";
import { canRideAlong } from "../../domain/waiting.ts";
import {
  drafts,
  gitLocks,
  keptPacks,
  orphans,
  unchanged,
  unfinishedObjects,
} from "../../store/health/leftovers.ts";
import { healthOf } from "../../store/health/repository.ts";
import { HostLock } from "../../store/host/host-lock.ts";
import { isSystemError } from "../../store/host/unkept.ts";
import { firstUnreadable, unreadable } from "../../store/host/unreadable.ts";
import { HubTraffic } from "../../store/hub/traffic.ts";
import { isBeingSent, Outbox, type OutboxEntry } from "../../store/outbox/outbox.ts";
import { hasRepository } from "../../store/replica/away.ts";
import { BadOutboxes } from "../../store/replica/bad-outboxes.ts";
import { findElsewhere } from "../hive/elsewhere.ts";
import type { DoctorSubject } from "./subject.ts";

/** For how many milliseconds a file must stay unchanged to count as a leftover. Longer in a hub on a path, because other hosts write there. */
const UNCHANGED_MS = { remote: 1000, path: 4000 };

/** What `hive doctor --fix` can repair. */
export interface Repairable {
  readonly health: Health;
  /** Locks of killed git processes. */
  readonly stuck: readonly string[];
  /** Files that ended processes left. */
  readonly leftovers: readonly string[];
}

/** Examines the files on this host. Does not connect to the hub. */
export async function examineHost(
  subject: DoctorSubject,
): Promise<{ checks: Check[]; repairable: Repairable }> {
  const { address, git, ref, lock } = subject;
  const isReplica = address.kind === "remote";
  const outbox = await checkOutbox(subject);
  const { stuck, leftovers } = await watchFiles(subject);
  // Where a hub on this disk is missing, opening it reports that.
  const exists = isReplica || hasRepository(git.directory) || firstUnreadable([git.directory]) !== undefined;
  const setting = isReplica ? "core.bare" : undefined;
  const health: Health = exists ? await healthOf({ git, ref, setting }) : { kind: "absent" };
  const checks = [
    ...outbox,
    ...(isReplica ? [checkHelping(subject)] : []),
    judgeLocks({ holder: holderOf(lock), stuck }),
    judgeLeftovers(leftovers),
    ...(exists ? [judgeRepository({ health, path: git.directory, ref, isReplica })] : []),
  ];
  return { checks, repairable: { health, stuck, leftovers } };
}

/** Checks the outbox. Reading it also moves files aside that hold no operation. */
async function checkOutbox(subject: DoctorSubject): Promise<Check[]> {
  const outbox = new Outbox(subject.directory);
  try {
    return await judgeOutbox(subject, outbox, await outbox.read());
  } catch (error) {
    if (!isSystemError(error)) throw error;
    const { message, hint } = unreadable(outbox.directory, error);
    return [bad("unsent", `${message} What waits there is unknown, and is not sent.`, hint)];
  }
}

async function judgeOutbox(
  { host, git, ref, world, address }: DoctorSubject,
  outbox: Outbox,
  entries: readonly OutboxEntry[],
): Promise<Check[]> {
  const refused = entries.flatMap(({ trouble }) => (trouble?.code === "push_refused" ? [trouble] : []));
  const facts = {
    unsent: entries.filter((entry) => isUnsent(entry, world.now())).map(({ operation }) => operation.at),
    refused: entries.filter(({ trouble }) => trouble?.by === "rules").length,
    elsewhere: await findElsewhere({ host, address, git, tip: ref, now: world.now() }),
    broken: outbox.brokenFiles(),
  };
  const unsent = judgeUnsent(facts, toInstant(world.now()));
  return address.kind === "path" ? [unsent] : [unsent, judgeRules(refused)];
}

/** Whether an operation should have been sent: no running command sends it, and it may not wait for a later push. */
function isUnsent(entry: OutboxEntry, now: number): boolean {
  if (entry.trouble) return entry.trouble.by === "hub";
  return !canRideAlong(entry.operation) && !isBeingSent(entry, now);
}

function checkHelping({ directory, world }: DoctorSubject): Check {
  const { refusesOutboxes } = new HubTraffic(directory, world.now);
  const badOutboxes = new BadOutboxes(directory, world.now).known();
  return judgeHelping(refusesOutboxes, join(directory, "pace.json"), badOutboxes);
}

/** Finds locks and files that stay unchanged. Takes up to `UNCHANGED_MS` where there are any. */
async function watchFiles({
  address,
  directory,
  git,
  world,
}: DoctorSubject): Promise<Omit<Repairable, "health">> {
  const isReplica = address.kind === "remote";
  const old = isReplica ? unfinishedObjects(directory, world.now()) : [];
  const suspects = [...orphans(directory, world.now()), ...drafts(directory), ...old];
  const [stuck, kept, leftovers] = await Promise.all([
    unchanged(gitLocks(git.directory), UNCHANGED_MS[address.kind]),
    unchanged(keptPacks(git.directory), UNCHANGED_MS[address.kind]),
    unchanged(suspects, UNCHANGED_MS.remote),
  ]);
  return { stuck, leftovers: [...leftovers, ...kept] };
}

function holderOf(lock: string): LockFacts["holder"] {
  const last = HostLock.lastHolder(lock);
  return last && { pid: last.owner.pid, liveness: last.liveness };
}
