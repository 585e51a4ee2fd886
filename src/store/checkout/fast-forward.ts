import { join } from "node:path";
import type { SimpleGit } from "simple-git";
import { type Git, gitAt } from "../git/git.ts";
import { BRANCH } from "../git/ref-names.ts";
import type { Environment } from "../host/environment.ts";
import { readText } from "../host/files.ts";
import { looksLikeHub } from "./checkout.ts";
import { branchTip, type CloneFiles, findClone, isBusy, isOnHubBranch, writtenUrls } from "./git-files.ts";
import { gitIn, hubRemote, isSameHub } from "./user-git.ts";

/** The newest known state of a hub: the repository that has it, the ref there, its commit, and the hub's address. */
export interface CloneState {
  readonly directory: string;
  readonly ref: string;
  readonly oid: string;
  readonly url: string;
}

/** The time limit, in seconds, for the hub to send commits that the replica does not have. */
const FETCH_TIMEOUT_SECONDS = 10;

const BRANCH_NAME = BRANCH.replace("refs/heads/", "");

/**
 * Fast-forwards a clone of the hub to the newest known state, when that is safe: the hub's branch is checked out,
 * without changes and without local commits. Any other clone is left unchanged without a message.
 */
export async function fastForwardClone(
  project: string,
  seen: CloneState,
  environment: Environment,
): Promise<"moved" | "kept"> {
  const files = findClone(project);
  const tip = isOnHubBranch(files) ? branchTip(files) : undefined;
  // Most commands end here. That costs two small files, and the git library is not loaded.
  if (tip === undefined || tip === seen.oid) return "kept";
  if (isBusy(files) || isInsideGit(environment) || !mayBeClone(project, files, seen.url)) return "kept";
  const git = gitAt(files.own, environment);
  if (git.runNow(["merge-base", "--is-ancestor", seen.oid, tip], "").code === 0) return "kept";
  await moveForward(project, git, seen, environment);
  return branchTip(files) === tip ? "kept" : "moved";
}

/** Whether a hook started this command. Then git is working in the clone, or the variables mean another one. */
function isInsideGit(environment: Environment): boolean {
  return ["GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE"].some((name) => environment[name] !== undefined);
}

/** Only git can tell for certain, but a project unrelated to hubs should not wait for git. */
function mayBeClone(project: string, files: CloneFiles, hub: string): boolean {
  return looksLikeHub(project) || writtenUrls(files).some((url) => isSameHub(url, hub, project));
}

async function moveForward(
  project: string,
  git: Git,
  seen: CloneState,
  environment: Environment,
): Promise<void> {
  const { GitError } = await import("simple-git");
  try {
    const checkout = await gitIn(project, environment);
    const remote = await freeRemote(checkout, project, seen.url);
    if (remote === undefined || !(await fetch(git, project, remote, seen))) return;
    const mergeOptions = ["--ff-only", "--no-stat", "--no-autostash", "--no-verify-signatures"];
    // The user's merge options could turn the fast-forward into another kind of merge.
    await checkout.raw([
      "-c",
      `branch.${BRANCH_NAME}.mergeOptions=`,
      "merge",
      ...mergeOptions,
      trackingRef(remote),
    ]);
  } catch (error) {
    // Git refuses a merge that would overwrite something. Whatever the reason, the clone stays unchanged.
    if (!(error instanceof GitError)) throw error;
  }
}

/** The clone's remote for the hub; undefined when the clone has uncommitted changes or unpushed commits. */
async function freeRemote(checkout: SimpleGit, project: string, hub: string): Promise<string | undefined> {
  const [remote, { files, ahead, tracking }] = await Promise.all([
    hubRemote(checkout, project, hub),
    checkout.status(["--untracked-files=no"]),
  ]);
  const isAhead = ahead > 0 && tracking === `${remote}/${BRANCH_NAME}`;
  return files.length > 0 || isAhead ? undefined : remote;
}

function trackingRef(remote: string): string {
  return `refs/remotes/${remote}/${BRANCH_NAME}`;
}

/**
 * Fetches the commits into the clone as the state of its remote: from the replica, or over the network when the
 * replica's history starts later than the clone's ends. Returns whether the clone has them now.
 */
async function fetch(git: Git, project: string, remote: string, seen: CloneState): Promise<boolean> {
  const [from, ref] = hasAllSince(seen.directory, git) ? [seen.directory, seen.ref] : [remote, BRANCH];
  const quiet = ["--quiet", "--no-tags", "--no-prune", "--no-auto-maintenance", "--no-write-fetch-head"];
  const args = [...quiet, "--no-recurse-submodules", from, `${ref}:${trackingRef(remote)}`];
  const { code } = await git.run(["-C", project, "fetch", ...args], { seconds: FETCH_TIMEOUT_SECONDS });
  return code === 0;
}

/**
 * Whether a repository has all commits after the clone's branch. This is checked first, because git would accept
 * commits with missing parents and then refuse to use them.
 */
function hasAllSince(directory: string, clone: Git): boolean {
  const starts = readText(join(directory, "shallow"));
  if (starts === undefined) return true;
  const newer = clone.runNow(["rev-list", "--max-count=1", "--stdin"], `${starts.trim()}\n^${BRANCH}\n`);
  return newer.code === 0 && newer.stdout.length === 0;
}
