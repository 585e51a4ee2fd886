import { mkdirSync, mkdtempSync, renameSync, rmSync } from "node:fs";
import { dirname, join } from "node:path";
import { type GitResult, gitAt } from "../git/git.ts";
import { readPushOutcome } from "../git/push-answer.ts";
import { BRANCH, OUTBOXES, TRACKED } from "../git/ref-names.ts";
import { StuckLocks } from "../git/stuck-locks.ts";
import type { Environment } from "../host/environment.ts";
import { readText } from "../host/files.ts";
import type { HubAddress } from "../hub/address.ts";
import { BadOutboxes } from "./bad-outboxes.ts";
import { configure, hubSections } from "./config.ts";
import { deepen, poll, refresh } from "./fetch.ts";
import type { Replica } from "./fetch-options.ts";
import { makeBareRepository, type Pushed, type RefUpdate, type Repository, tidy } from "./repository.ts";

/** The longest time, in seconds, that the remote may take before its answer counts as lost. */
const PUSH_TIMEOUT_SECONDS = 30;

/** How long a lock must stay unchanged to count as stale. Only git-hive works in a replica. */
const STALE_LOCK_MS = 1000;

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
  if (!exists) await makeReplica(directory, address.url, environment);
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
  };
}

/**
 * Makes the complete replica in a temporary folder and then renames it, so that no process ever sees an incomplete
 * one.
 */
async function makeReplica(directory: string, url: string, environment: Environment): Promise<void> {
  mkdirSync(dirname(directory), { recursive: true, mode: 0o700 });
  const draft = mkdtempSync(`${directory}.`);
  await makeBareRepository(draft, environment);
  await configure(gitAt(draft, environment), url);
  try {
    renameSync(draft, directory);
  } catch {
    // Another process of this host was faster; its replica is used.
    rmSync(draft, { recursive: true, force: true });
  }
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
  const all = sideRefs.filter(({ to }) => to === undefined);
  const [deleted, inBulk] = all.length > MAX_DELETED_WITH_BRANCH ? [[], all] : [all, []];
  const set = sideRefs.filter(({ to }) => to !== undefined);
  const [branchPush, setPush, bulkPush] = await Promise.all([
    pushRefs(replica, [branch, ...deleted]),
    set.length === 0 ? undefined : pushRefs(replica, set),
    inBulk.length === 0 ? undefined : pushRefs(replica, inBulk, ["--atomic"]),
  ]);
  const outcomes = sideRefs.map(({ ref, to }) =>
    readPushOutcome((to === undefined ? bulkPush : setPush) ?? branchPush, ref),
  );
  return { branch: readPushOutcome(branchPush, BRANCH), sideRefs: outcomes };
}

/** More refs are deleted by a push of their own: with `--atomic`, the hub deletes all of them in one step. */
const MAX_DELETED_WITH_BRANCH = 3;

function pushRefs(
  { git, seconds, address }: Replica,
  updates: readonly RefUpdate[],
  options: readonly string[] = [],
): Promise<GitResult> {
  const leases = updates
    .filter(({ expected }) => expected !== undefined)
    .map(({ ref, expected }) => `--force-with-lease=${ref}:${expected}`);
  const specs = updates.map(
    ({ ref, to, expected }) => `${expected === undefined ? "+" : ""}${to ?? ""}:${ref}`,
  );
  const args = [
    "push",
    "--porcelain",
    "--no-verify",
    ...receiver(address, updates),
    ...options,
    ...leases,
    "hub",
    ...specs,
  ];
  return git.run(args, { seconds: Math.min(PUSH_TIMEOUT_SECONDS, seconds) });
}

/** A ref whose name needs no quotes in a shell. */
const PLAIN_REF = /^[A-Za-z0-9/_-]+$/;

/**
 * Behind a `file://` address, the receiving git runs on this host. Before it accepts a commit, it reads the commits of
 * all refs, however large they are, except those of refs that it hides. So all outboxes that are not pushed are hidden.
 */
function receiver(address: HubAddress, updates: readonly RefUpdate[]): string[] {
  if (address.kind !== "remote" || !address.url.startsWith("file:")) return [];
  const shown = updates.filter(({ ref }) => ref.startsWith(`${OUTBOXES}/`) && PLAIN_REF.test(ref));
  const settings = [
    `receive.hideRefs=${OUTBOXES}`,
    ...shown.map(({ ref }) => `receive.hideRefs='!${ref}'`),
    "core.alternateRefsPrefixes=refs/heads/",
  ];
  return [`--receive-pack=git ${settings.map((setting) => `-c ${setting}`).join(" ")} receive-pack`];
}
