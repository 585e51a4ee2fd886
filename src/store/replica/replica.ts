import { mkdirSync, mkdtempSync, renameSync, rmSync } from "node:fs";
import { dirname, join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { type Git, type GitResult, gitAt } from "../git/git.ts";
import { isShallow } from "../git/history.ts";
import { readFailure, readPushOutcome } from "../git/push-answer.ts";
import { BRANCH, NEXT, OUTBOXES, TRACKED } from "../git/ref-names.ts";
import { knownRef } from "../git/refs.ts";
import { StuckLocks } from "../git/stuck-locks.ts";
import type { Environment } from "../host/environment.ts";
import { readText } from "../host/files.ts";
import { monotonic } from "../host/monotonic.ts";
import type { HubAddress } from "../hub/address.ts";
import { damaged, denied, unreachable } from "../hub/errors.ts";
import { configure, hubSections } from "./config.ts";
import { makeBareRepository, type Pushed, type RefUpdate, type Repository, tidy } from "./repository.ts";

/** How long the remote may take at most before its answer counts as lost, in seconds; a history may be long. */
const FETCH_SECONDS = 20;
const PUSH_SECONDS = 30;
const HISTORY_SECONDS = 300;

/** How long another git of this host is waited for. */
const LONGEST_WAIT_MS = 4000;

/** How long a lock has to stay the same in a replica, which nobody but git-hive works in. */
const DEAD_AFTER_MS = 1000;

/** What fetching needs of a replica. */
type Replica = Pick<Repository, "address" | "git" | "locks"> & { readonly seconds: number };

/** What git says of a repository that is broken on this side. */
const DAMAGE =
  /^(?!remote:).*(?:reference broken|bad object refs\/|object file .* is empty|loose object .* is corrupt|did not receive expected object|invalid gitfile format|not a git repository: ')/m;

function isDamaged({ code, stderr }: GitResult): boolean {
  return code !== 0 && DAMAGE.test(stderr);
}

/** Another git of this host is at work in the replica, or was killed at it. */
const BUSY = /cannot lock ref|\.lock': File exists|shallow file has changed/;

/**
 * A hub behind a URL is read and written through a bare replica in `directory`, made when it is first needed. No answer
 * of the hub is waited for longer than so many seconds.
 */
export async function openReplica(
  address: HubAddress & { kind: "remote" },
  directory: string,
  environment: Environment,
  seconds = PUSH_SECONDS,
): Promise<Repository> {
  const git = gitAt(directory, environment);
  const config = readText(join(directory, "config"));
  const isMade = config !== undefined || readText(join(directory, "HEAD")) !== undefined;
  if (!isMade) await makeReplica(directory, address.url, environment);
  // The same hub with another login: what was wrong or has expired is replaced.
  else if (!config?.endsWith(hubSections(address.url))) await configure(git, address.url);
  const locks = new StuckLocks(directory, DEAD_AFTER_MS);
  const replica = { address, git, locks, seconds };
  return {
    address,
    git,
    locks,
    tip: TRACKED,
    ref: undefined,
    refresh: (scope = "branch") => refresh(replica, scope === "branch" ? [] : OUTBOXES_SPEC),
    poll: () => poll(replica),
    push: (commit, base, sideRefs = []) => push(replica, commit, base, sideRefs),
    deepen: (commits) => deepen(replica, commits),
    tidy: () => tidy(git),
  };
}

/** Makes the replica in full beside its place and moves it there, so that nobody ever sees half of one. */
async function makeReplica(directory: string, url: string, environment: Environment): Promise<void> {
  mkdirSync(dirname(directory), { recursive: true, mode: 0o700 });
  const draft = mkdtempSync(`${directory}.`);
  await makeBareRepository(draft, environment);
  await configure(gitAt(draft, environment), url);
  try {
    renameSync(draft, directory);
  } catch {
    // Another process of this host was faster; its replica is as good.
    rmSync(draft, { recursive: true, force: true });
  }
}

const BRANCH_SPEC = `+${BRANCH}:${TRACKED}`;
const OUTBOXES_SPEC = [`+${OUTBOXES}/*:${OUTBOXES}/*`];

/**
 * Fetches the branch, and what else is wanted. The first time only its newest commit: of a long history the hub's
 * state needs nothing more. A hub without the branch is a hub with no commit yet, whatever it had before.
 */
async function refresh(replica: Replica, more: readonly string[]): Promise<void> {
  const { git } = replica;
  const isFirst = knownRef(git, TRACKED) === null;
  const depth = isFirst ? ["--depth=1"] : [];
  const result = await fetch(
    replica,
    [...depth, ...(more.length > 0 ? ["--prune"] : [])],
    more,
    Math.min(FETCH_SECONDS, replica.seconds),
  );
  if (/couldn't find remote ref/.test(result.stderr)) git.runNow(["update-ref", "-d", TRACKED], "");
  else check(result, replica);
}

/** In git's first protocol the hub's refs are in its first answer; in the second they take a request of their own. */
async function poll(replica: Replica): Promise<void> {
  const seconds = Math.min(FETCH_SECONDS, replica.seconds);
  check(await fetch(replica, [], [], seconds, ["-c", "protocol.version=0"]), replica);
}

/** Gets the history that a shallow replica lacks: so many commits of it, or all. */
async function deepen(replica: Replica, commits: number | undefined): Promise<void> {
  if (!isShallow(replica.git)) return;
  const depth = commits === undefined ? "--unshallow" : `--deepen=${commits}`;
  check(await fetch(replica, [depth], [], HISTORY_SECONDS), replica);
}

/** A ref may be locked by another fetch of this host, so that is waited for. */
async function fetch(
  { git, locks }: Replica,
  options: readonly string[],
  more: readonly string[],
  seconds: number,
  settings: readonly string[] = [],
): Promise<GitResult> {
  const quietly = ["--quiet", "--no-tags", "--no-auto-maintenance", "--no-write-fetch-head", "--refmap="];
  const args = [...settings, "fetch", ...quietly, ...options, "hub", BRANCH_SPEC, ...more];
  const started = monotonic();
  for (let wait = 25; ; wait = Math.min(wait * 2, 200)) {
    const result = await git.run(args, { seconds });
    if (isDamaged(result) && dropDraft(git, result)) continue;
    if (!BUSY.test(result.stderr) || isDamaged(result) || monotonic() - started > LONGEST_WAIT_MS)
      return result;
    if (!locks.clear(result.stderr)) await sleep(wait);
  }
}

/**
 * Forgets what was written and not pushed yet where a packing by somebody else has thrown it away, as
 * `git gc --prune=now` does in the moment before it is referred to: what waits is in the outbox, and is written again.
 */
function dropDraft(git: Git, { stderr }: GitResult): boolean {
  return stderr.includes(NEXT) && git.runNow(["update-ref", "-d", NEXT], "").code === 0;
}

function check(result: GitResult, { address, git }: Replica): void {
  if (result.code === 0) return;
  if (isDamaged(result)) throw damaged(git.directory);
  const failure = readFailure(result);
  throw failure.kind === "denied" ? denied(address, failure.reason) : unreachable(address, failure.reason);
}

/**
 * Not atomic: each ref is taken or refused by itself. What is to be set beside the branch goes by a push of its own at
 * the same time: with a branch that has moved, git would send all it has of the branch's history along.
 */
async function push(
  replica: Replica,
  commit: string,
  base: string | undefined,
  sideRefs: readonly RefUpdate[],
): Promise<Pushed> {
  // A branch that was set back on purpose would take our commit as a step forward, and all that was removed with it.
  const branch = { ref: BRANCH, to: commit, expected: base ?? "" };
  const deleted = sideRefs.filter(({ to }) => to === undefined);
  const set = sideRefs.filter(({ to }) => to !== undefined);
  const [along, apart] = await Promise.all([
    pushRefs(replica, [branch, ...deleted]),
    set.length === 0 ? undefined : pushRefs(replica, set),
  ]);
  const outcomes = sideRefs.map(({ ref, to }) =>
    readPushOutcome(to === undefined ? along : (apart ?? along), ref),
  );
  return { branch: readPushOutcome(along, BRANCH), sideRefs: outcomes };
}

function pushRefs({ git, seconds }: Replica, updates: readonly RefUpdate[]): Promise<GitResult> {
  const leases = updates
    .filter(({ expected }) => expected !== undefined)
    .map(({ ref, expected }) => `--force-with-lease=${ref}:${expected}`);
  const specs = updates.map(
    ({ ref, to, expected }) => `${expected === undefined ? "+" : ""}${to ?? ""}:${ref}`,
  );
  const args = ["push", "--porcelain", "--no-verify", ...leases, "hub", ...specs];
  return git.run(args, { seconds: Math.min(PUSH_SECONDS, seconds) });
}
