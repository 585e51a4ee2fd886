import { mkdtempSync, renameSync, rmSync } from "node:fs";
import { dirname, join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { HiveError } from "../../errors.ts";
import { lostTemporaryFiles } from "../git/despite-gc.ts";
import { type Git, type GitResult, gitAt } from "../git/git.ts";
import { isShallow } from "../git/history.ts";
import { readFailure, readPushOutcome } from "../git/push-answer.ts";
import { BRANCH, NEXT, OUTBOXES, TRACKED } from "../git/ref-names.ts";
import { knownRef } from "../git/refs.ts";
import { StuckLocks } from "../git/stuck-locks.ts";
import type { Environment } from "../host/environment.ts";
import { makeDirectory, readText } from "../host/files.ts";
import { monotonic } from "../host/monotonic.ts";
import { isSystemError, stateUnwritable } from "../host/unkept.ts";
import type { HubAddress } from "../hub/address.ts";
import { damaged, denied, unreachable } from "../hub/errors.ts";
import { BadOutboxes } from "./bad-outboxes.ts";
import { configure, hubSections } from "./config.ts";
import {
  joinPacks,
  makeBareRepository,
  type Pushed,
  type RefreshScope,
  type RefUpdate,
  type Repository,
  tidy,
} from "./repository.ts";

/** The longest time, in seconds, that the remote may take before its answer counts as lost. A history may be long. */
const FETCH_TIMEOUT_SECONDS = 20;
const PUSH_TIMEOUT_SECONDS = 30;
const HISTORY_TIMEOUT_SECONDS = 300;

/** How long a fetch waits for another git process of this host. */
const MAX_LOCK_WAIT_MS = 4000;

/** How long a lock must stay unchanged to count as stale. Only git-hive works in a replica. */
const STALE_LOCK_MS = 1000;

/** The parts of a replica that a fetch and a push need. */
type Replica = Pick<Repository, "git" | "locks"> & {
  readonly address: HubAddress & { kind: "remote" };
  readonly seconds: number;
  readonly bad: BadOutboxes;
};

/** What git prints when the repository on this host is damaged. */
const DAMAGE_MESSAGE =
  /^(?!remote:).*(?:reference broken|bad object refs\/|object file .* is empty|loose object .* is corrupt|did not receive expected object|invalid gitfile format|not a git repository: ')/m;

function isDamaged({ code, stderr }: GitResult): boolean {
  return code !== 0 && DAMAGE_MESSAGE.test(stderr);
}

/** What git prints when another git process works in the replica, or was killed while it did. */
const BUSY_MESSAGE = /cannot lock ref|\.lock': File exists|shallow file has changed/;

/**
 * Opens the bare replica in `directory`, through which a hub behind a URL is read and written. Creates the replica on
 * first use. Waits for an answer of the hub at most `seconds`.
 */
export async function openReplica(
  address: HubAddress & { kind: "remote" },
  directory: string,
  environment: Environment,
  now: () => number,
  seconds = PUSH_TIMEOUT_SECONDS,
): Promise<Repository> {
  const git = gitAt(directory, environment);
  const config = readText(join(directory, "config"));
  const exists = config !== undefined || readText(join(directory, "HEAD")) !== undefined;
  if (!exists) await makeReplica(directory, address.url, environment).catch(failToMake(directory));
  // The same hub with another login: a wrong or expired login is replaced.
  else if (!config?.endsWith(hubSections(address.url))) await configure(git, address.url);
  const locks = new StuckLocks(directory, STALE_LOCK_MS);
  const bad = new BadOutboxes(dirname(directory), now);
  const replica = { address, git, locks, seconds, bad };
  return {
    address,
    git,
    locks,
    tip: TRACKED,
    ref: undefined,
    refresh: (scope = "branch") => refresh(replica, scope),
    poll: () => poll(replica),
    push: (commit, base, sideRefs = []) => push(replica, commit, base, sideRefs),
    deepen: (commits) => deepen(replica, commits),
    tidy: () => tidy(git),
    joinPacks: () => joinPacks(git),
  };
}

/**
 * Makes the complete replica in a temporary folder and then renames it, so that no process ever sees an incomplete
 * one.
 */
async function makeReplica(directory: string, url: string, environment: Environment): Promise<void> {
  makeDirectory(dirname(directory));
  const draft = mkdtempSync(`${directory}.`);
  try {
    await makeBareRepository(draft, environment);
    await configure(gitAt(draft, environment), url);
  } catch (error) {
    rmSync(draft, { recursive: true, force: true });
    throw error;
  }
  try {
    renameSync(draft, directory);
  } catch {
    // Another process of this host was faster; its replica is used.
    rmSync(draft, { recursive: true, force: true });
  }
}

/** Returns a function that says that this host could not store a replica. */
function failToMake(directory: string) {
  return (error: unknown): never => {
    const isStorage = isSystemError(error) || (error instanceof HiveError && error.code === "write_failed");
    throw isStorage ? stateUnwritable(dirname(directory), error) : error;
  };
}

const BRANCH_SPEC = `+${BRANCH}:${TRACKED}`;
const OUTBOXES_SPEC = `+${OUTBOXES}/*:${OUTBOXES}/*`;

/** How many outboxes one refresh fetches one by one when it cannot fetch all of them at once. */
const MAX_SINGLE_FETCHES = 64;

/**
 * Fetches the branch and, if the scope says so, the outboxes. The first fetch gets only the newest commit, because the
 * hub's state needs no more of a long history. A hub without the branch is a hub with no commit yet, whatever it had
 * before. The branch is always enough: an outbox that cannot be fetched is left out.
 */
async function refresh(replica: Replica, scope: RefreshScope): Promise<void> {
  const { git, bad } = replica;
  const leftOut = [...bad.known().keys()].map((ref) => `^${ref}`);
  const otherRefs = scope === "branch" ? [] : [OUTBOXES_SPEC, ...leftOut];
  const isFirst = knownRef(git, TRACKED) === null;
  const depth = isFirst ? ["--depth=1"] : [];
  const result = await fetch(
    replica,
    [...depth, ...(otherRefs.length > 0 ? ["--prune"] : [])],
    otherRefs,
    Math.min(FETCH_TIMEOUT_SECONDS, replica.seconds),
  );
  if (/couldn't find remote ref/.test(result.stderr)) git.runNow(["update-ref", "-d", TRACKED], "");
  else if (result.code === 0 || result.timedOut || otherRefs.length === 0) throwOnFailure(result, replica);
  else {
    await refresh(replica, "branch");
    await fetchOutboxes(replica);
  }
}

/** Fetches the outboxes one by one, and records those that cannot be fetched. */
async function fetchOutboxes({ git, seconds, bad }: Replica): Promise<void> {
  const deadline = monotonic() + Math.min(FETCH_TIMEOUT_SECONDS, seconds) * 1000;
  const secondsLeft = () => Math.max(1, (deadline - monotonic()) / 1000);
  const { code, stdout } = await git.run(["ls-remote", "hub", `${OUTBOXES}/*`], { seconds: secondsLeft() });
  if (code !== 0) return;
  const listed = [...stdout.matchAll(/^([0-9a-f]{40,64})\t(.+)$/gm)].slice(0, MAX_SINGLE_FETCHES);
  for (const [, oid = "", ref = ""] of listed) {
    if (knownRef(git, ref) === oid || monotonic() > deadline) continue;
    const args = ["fetch", ...FETCH_OPTIONS, "hub", `+${ref}:${ref}`];
    const result = await git.run(args, { seconds: secondsLeft() });
    if (result.code !== 0) bad.note(ref, readFailure(result).reason);
  }
}

/**
 * Fetches with git's first protocol, in which the first answer has the hub's refs. The second protocol needs one more
 * request for them.
 */
async function poll(replica: Replica): Promise<void> {
  const seconds = Math.min(FETCH_TIMEOUT_SECONDS, replica.seconds);
  throwOnFailure(await fetch(replica, [], [], seconds, ["-c", "protocol.version=0"]), replica);
}

/** Fetches the history that a shallow replica lacks: this many commits, or all. */
async function deepen(replica: Replica, commits: number | undefined): Promise<void> {
  if (!isShallow(replica.git)) return;
  const depth = commits === undefined ? "--unshallow" : `--deepen=${commits}`;
  throwOnFailure(await fetch(replica, [depth], [], HISTORY_TIMEOUT_SECONDS), replica);
}

const FETCH_OPTIONS = ["--quiet", "--no-tags", "--no-auto-maintenance", "--no-write-fetch-head", "--refmap="];

/** Fetches, and waits while another fetch of this host has a ref locked. */
async function fetch(
  { git, locks }: Replica,
  options: readonly string[],
  otherRefs: readonly string[],
  seconds: number,
  settings: readonly string[] = [],
): Promise<GitResult> {
  const args = [...settings, "fetch", ...FETCH_OPTIONS, ...options, "hub", BRANCH_SPEC, ...otherRefs];
  const started = monotonic();
  for (let wait = 25; ; wait = Math.min(wait * 2, 200)) {
    const result = await git.run(args, { seconds });
    if (isDamaged(result) && deleteUnpushed(git, result)) continue;
    const isBusy = BUSY_MESSAGE.test(result.stderr) || lostTemporaryFiles(result.stderr);
    if (
      !isBusy ||
      storageTrouble(result, git) !== undefined ||
      isDamaged(result) ||
      monotonic() - started > MAX_LOCK_WAIT_MS
    )
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

/** What git prints when this host cannot store what it fetched. */
const STORAGE_MESSAGE =
  /^(?!remote:).*(?:No space left on device|Disk quota exceeded|Read-only file system|Input\/output error)/m;

/** Git's words about a replica that it cannot write; undefined when something else is wrong. */
function storageTrouble({ stderr }: GitResult, { directory }: Git): string | undefined {
  const isDenied = (line: string) => line.includes(directory) && /Permission denied/.test(line);
  return stderr.split("\n").find((line) => STORAGE_MESSAGE.test(line) || isDenied(line));
}

function throwOnFailure(result: GitResult, { address, git }: Replica): void {
  if (result.code === 0) return;
  const trouble = storageTrouble(result, git);
  if (trouble !== undefined) throw stateUnwritable(dirname(git.directory), new Error(trouble));
  if (isDamaged(result)) throw damaged(git.directory);
  const failure = readFailure(result);
  throw failure.kind === "denied" ? denied(address, failure.reason) : unreachable(address, failure.reason);
}

/**
 * Pushes without `--atomic`, so that each ref is accepted or refused by itself. Side refs are set by a separate push
 * at the same time: if the branch has moved, git would otherwise also send all of the branch's history that it has.
 */
async function push(
  replica: Replica,
  commit: string,
  base: string | undefined,
  sideRefs: readonly RefUpdate[],
): Promise<Pushed> {
  // If the branch was set back on purpose, a push without a lease would fast-forward it and restore everything
  // removed.
  const branch = { ref: BRANCH, to: commit, expected: base ?? "" };
  const deleted = sideRefs.filter(({ to }) => to === undefined);
  const set = sideRefs.filter(({ to }) => to !== undefined);
  const [branchPush, setPush] = await Promise.all([
    pushRefs(replica, [branch, ...deleted]),
    set.length === 0 ? undefined : pushRefs(replica, set),
  ]);
  const outcomes = sideRefs.map(({ ref, to }) =>
    readPushOutcome(to === undefined ? branchPush : (setPush ?? branchPush), ref),
  );
  return { branch: readPushOutcome(branchPush, BRANCH), sideRefs: outcomes };
}

/**
 * Makes the hub's git keep what a push brings as one pack, until its refs point to it. It would store a small push as
 * loose objects, which a gc in the hub can delete before that.
 */
const KEPT_BY_HUB = "--receive-pack=git -c receive.unpackLimit=1 receive-pack";

/** How often a push is tried when a gc in a hub on this disk deletes what the push has just stored. */
const MAX_PUSH_ATTEMPTS = 20;

/** What the git of a hub prints when a gc there has deleted what a push has just stored. */
const DISTURBED_PUSH =
  /\/objects\/[^\n]*: No such file or directory|unable to migrate objects|missing necessary objects|not a git repository: '\.'|requires a git repository|bad pack/;

async function pushRefs(replica: Replica, updates: readonly RefUpdate[]): Promise<GitResult> {
  for (let attempt = 1; ; attempt++) {
    const result = await pushOnce(replica, updates);
    const isDisturbed =
      result.code !== 0 &&
      isOnDisk(replica.address) &&
      DISTURBED_PUSH.test(`${result.stdout}\n${result.stderr}`);
    if (!isDisturbed || attempt === MAX_PUSH_ATTEMPTS) return result;
    await sleep(attempt * 5);
  }
}

/** Whether the hub is a repository on this disk that git's own programs of this host serve. */
function isOnDisk({ url }: HubAddress & { kind: "remote" }): boolean {
  return /^file:/i.test(url);
}

function pushOnce({ address, git, seconds }: Replica, updates: readonly RefUpdate[]): Promise<GitResult> {
  const leases = updates
    .filter(({ expected }) => expected !== undefined)
    .map(({ ref, expected }) => `--force-with-lease=${ref}:${expected}`);
  const specs = updates.map(
    ({ ref, to, expected }) => `${expected === undefined ? "+" : ""}${to ?? ""}:${ref}`,
  );
  // Another server may run nothing but plain `git-receive-pack`.
  const keeping = isOnDisk(address) ? [KEPT_BY_HUB] : [];
  const args = ["push", "--porcelain", "--no-verify", ...keeping, ...leases, "hub", ...specs];
  return git.run(args, { seconds: Math.min(PUSH_TIMEOUT_SECONDS, seconds) });
}
