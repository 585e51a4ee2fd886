import { dirname } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { isDamaged } from "../git/damage.ts";
import { lostTemporaryFiles } from "../git/despite-gc.ts";
import type { Git, GitResult, RunLimits } from "../git/git.ts";
import { isShallow } from "../git/history.ts";
import { readFailure } from "../git/push-answer.ts";
import { BRANCH, NEXT, OUTBOXES, TRACKED } from "../git/ref-names.ts";
import { knownRef } from "../git/refs.ts";
import { monotonic } from "../host/monotonic.ts";
import { stateUnwritable } from "../host/unkept.ts";
import { damaged, denied, unreachable } from "../hub/errors.ts";
import { REMOTE } from "./config.ts";
import {
  FETCH_OPTIONS,
  isOnDisk,
  MAX_ALLOCATION_BYTES,
  type Replica,
  STREAMED,
  timeLimit,
} from "./fetch-options.ts";
import { fetchChosen, removeOutboxLocks } from "./fetch-outboxes.ts";
import type { RefreshScope } from "./repository.ts";

/** The longest time, in seconds, that the remote may take before its answer counts as lost. A history may be long. */
const FETCH_TIMEOUT_SECONDS = 20;
const HISTORY_TIMEOUT_SECONDS = 300;

/** A first fetch brings all files of the hub, and may take so long where the user gave no limit. */
const FIRST_TIMEOUT_SECONDS = 120;

/** Ends a first fetch over HTTP from which nothing arrives. */
const ENDS_WHEN_SILENT = [
  ...["-c", "http.lowSpeedLimit=1"],
  ...["-c", `http.lowSpeedTime=${FETCH_TIMEOUT_SECONDS}`],
];

/** How long a fetch waits for another git process of this host. */
const MAX_LOCK_WAIT_MS = 4000;

/**
 * After this time, a fetch of the branch alone races the fetch of the branch with all outboxes. If it wins, the outboxes
 * are what takes so long, and they are too many or too large.
 */
const OUTBOX_PATIENCE_MS = 600;
const OUTBOX_PATIENCE_ON_DISK_MS = 250;

/** What git prints when another git process works in the replica, or was killed while it did. */
const BUSY_MESSAGE = /cannot lock ref|\.lock': File exists|shallow file has changed/;

const BRANCH_SPEC = `+${BRANCH}:${TRACKED}`;
const OUTBOXES_SPEC = `+${OUTBOXES}/*:${OUTBOXES}/*`;

/**
 * Fetches the branch and, if the scope says so, the outboxes. The branch is always enough: outboxes that cannot be
 * fetched, or not quickly, are left out.
 */
export async function refresh(replica: Replica, scope: RefreshScope): Promise<void> {
  const isFirst = knownRef(replica.git, TRACKED) === null;
  if (scope === "branch" || isFirst) await fetchBranch(replica);
  if (scope === "branch") return;
  if (replica.bad.fetch === "all" && (await fetchAll(replica))) return;
  // The branch comes last: an outbox that its host or another one has cleared has landed there before.
  if (replica.bad.fetch !== "none")
    await fetchChosen(replica, scope.ownOutbox, timeLimit(replica, FETCH_TIMEOUT_SECONDS));
  await fetchBranch(replica);
}

/** Fetches the branch. A hub without it is a hub with no commit yet, whatever it had before. */
async function fetchBranch(replica: Replica): Promise<void> {
  const depth = depthOf(replica);
  const [seconds, settings] =
    depth.length === 0
      ? [timeLimit(replica, FETCH_TIMEOUT_SECONDS), []]
      : [firstTimeLimit(replica), ENDS_WHEN_SILENT];
  const result = await fetchRefs(replica, depth, [], { seconds }, settings);
  if (/couldn't find remote ref/.test(result.stderr)) replica.git.runNow(["update-ref", "-d", TRACKED], "");
  else throwOnFailure(result, replica);
}

/** The first fetch gets only the newest commit, because the hub's state needs no more of a long history. */
function depthOf({ git }: Replica): string[] {
  return knownRef(git, TRACKED) === null ? ["--depth=1"] : [];
}

/**
 * Fetches the branch and all outboxes that are not known to be bad, or only the branch when it is there much sooner.
 * Returns false when neither worked. Throws HiveError when the hub cannot be reached.
 */
async function fetchAll(replica: Replica): Promise<boolean> {
  const { bad } = replica;
  const outboxes = [OUTBOXES_SPEC, ...bad.refs().map((ref) => `^${ref}`)];
  const [stopAll, stopBranch] = [new AbortController(), new AbortController()];
  const limits = {
    seconds: timeLimit(replica, FETCH_TIMEOUT_SECONDS),
    allocationBytes: MAX_ALLOCATION_BYTES,
  };
  const options = [...depthOf(replica), "--prune"];
  const all = fetchRefs(replica, options, outboxes, { ...limits, signal: stopAll.signal }, STREAMED);
  const patience = isOnDisk(replica.address) ? OUTBOX_PATIENCE_ON_DISK_MS : OUTBOX_PATIENCE_MS;
  const early = await Promise.race([all, sleep(patience, undefined, { signal: stopBranch.signal })]);
  if (early !== undefined) {
    stopBranch.abort();
    return isFetched(early, replica);
  }
  const alone = fetchRefs(replica, [], [], { seconds: limits.seconds, signal: stopBranch.signal });
  const first = await Promise.race([all, alone.then(({ code }) => code)]);
  if (first === 0) {
    stopAll.abort();
    await all;
    removeOutboxLocks(replica.git);
    bad.noteAll("chosen", "they take much longer to fetch than the branch");
    return true;
  }
  stopBranch.abort();
  await alone;
  return isFetched(await all, replica);
}

/** Whether a fetch with outboxes worked. Without an answer in time, asking again would only take more time. */
function isFetched(result: GitResult, replica: Replica): boolean {
  if (result.code !== 0 && result.timedOut) throwOnFailure(result, replica);
  return result.code === 0;
}

function firstTimeLimit({ seconds }: Replica): number {
  return seconds ?? FIRST_TIMEOUT_SECONDS;
}

/**
 * Fetches with git's first protocol, in which the first answer has the hub's refs. The second protocol needs one more
 * request for them.
 */
export async function poll(replica: Replica): Promise<void> {
  const limits = { seconds: timeLimit(replica, FETCH_TIMEOUT_SECONDS) };
  throwOnFailure(await fetchRefs(replica, [], [], limits, ["-c", "protocol.version=0"]), replica);
}

/** Fetches the history that a shallow replica lacks: this many commits, or all. */
export async function deepen(replica: Replica, commits: number | undefined): Promise<void> {
  if (!isShallow(replica.git)) return;
  const depth = commits === undefined ? "--unshallow" : `--deepen=${commits}`;
  throwOnFailure(await fetchRefs(replica, [depth], [], { seconds: HISTORY_TIMEOUT_SECONDS }), replica);
}

/** Fetches the branch and other refs, and waits while another fetch of this host has a ref locked. */
async function fetchRefs(
  { git, locks }: Replica,
  options: readonly string[],
  otherRefs: readonly string[],
  limits: RunLimits,
  settings: readonly string[] = [],
): Promise<GitResult> {
  const args = [...settings, "fetch", ...FETCH_OPTIONS, ...options, REMOTE, BRANCH_SPEC, ...otherRefs];
  const started = monotonic();
  for (let wait = 25; ; wait = Math.min(wait * 2, 200)) {
    const result = await git.run(args, limits);
    if (isDamaged(result) && deleteUnpushed(git, result)) continue;
    if (!isBusy(result, limits) || hasFinalTrouble(result, git) || monotonic() - started > MAX_LOCK_WAIT_MS)
      return result;
    if (!locks.clear(result.stderr)) await sleep(wait);
  }
}

/**
 * Deletes the ref to unpushed commits when another program's gc has deleted their objects. `git gc --prune=now` does
 * that in the moment before a ref points to them. The operations are in the outbox and are written again.
 */
function deleteUnpushed(git: Git, { stderr }: GitResult): boolean {
  return stderr.includes(NEXT) && git.runNow(["update-ref", "-d", NEXT], "").code === 0;
}

/** Whether another git is in the way, or a gc deleted what this one was writing, so that the same fetch may work later. */
function isBusy({ stderr }: GitResult, { signal }: RunLimits): boolean {
  return signal?.aborted !== true && (BUSY_MESSAGE.test(stderr) || lostTemporaryFiles(stderr));
}

/** Whether the same fetch would fail again. */
function hasFinalTrouble(result: GitResult, git: Git): boolean {
  return storageTrouble(result, git) !== undefined || isDamaged(result);
}

/** What git prints when this host cannot store what it fetched. */
const STORAGE_MESSAGE =
  /No space left on device|Disk quota exceeded|Read-only file system|Input\/output error/;

/** Git's words about a replica that it cannot write; undefined when something else is wrong. */
function storageTrouble({ stderr }: GitResult, { directory }: Git): string | undefined {
  const isDenied = (line: string) => line.includes(directory) && line.includes("Permission denied");
  return stderr
    .split("\n")
    .find((line) => isDenied(line) || (!line.startsWith("remote:") && STORAGE_MESSAGE.test(line)));
}

function throwOnFailure(result: GitResult, { address, git }: Replica): void {
  if (result.code === 0) return;
  const trouble = storageTrouble(result, git);
  if (trouble !== undefined) throw stateUnwritable(dirname(git.directory), new Error(trouble));
  if (isDamaged(result)) throw damaged(git.directory);
  const failure = readFailure(result);
  throw failure.kind === "denied" ? denied(address, failure.reason) : unreachable(address, failure.reason);
}
