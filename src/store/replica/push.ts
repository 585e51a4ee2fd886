import { randomUUID } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import { lostFile } from "../git/despite-gc.ts";
import type { Git, GitResult } from "../git/git.ts";
import { AMBIGUOUS_REF, readPushOutcome } from "../git/push-answer.ts";
import { BRANCH, OFFERED, OUTBOXES } from "../git/ref-names.ts";
import { REMOTE } from "./config.ts";
import { isOnDisk, type Replica, timeLimit } from "./fetch-options.ts";
import type { Pushed, RefUpdate } from "./repository.ts";

/** The longest time, in seconds, that the remote may take before its answer counts as lost. */
const PUSH_TIMEOUT_SECONDS = 30;

/**
 * Pushes without `--atomic`, so that each ref is accepted or refused by itself. Side refs are set by a separate push
 * at the same time: if the branch has moved, git would otherwise also send all of the branch's history that it has.
 */
export async function push(
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
    // An outbox that is pushed again may have been deleted meanwhile, and a gc may just have chosen to delete its pack.
    set.length === 0 ? undefined : pushToNames(replica, set, []),
    inBulk.length === 0 ? undefined : pushRefs(replica, inBulk, ["--atomic"]),
  ]);
  const outcomes = sideRefs.map(({ ref, to }) =>
    readPushOutcome((to === undefined ? bulkPush : setPush) ?? branchPush, ref),
  );
  return { branch: readPushOutcome(branchPush, BRANCH), sideRefs: outcomes };
}

/** More refs are deleted by a push of their own: with `--atomic`, the hub deletes all of them in one step. */
const MAX_DELETED_WITH_BRANCH = 3;

/** How often a push is tried when a gc in a hub on this disk deletes what the push has just stored. */
const MAX_PUSH_ATTEMPTS = 20;

/** What the git of a hub prints when a gc there has deleted what a push has just stored. */
const DISTURBED_PUSH =
  /unable to migrate objects|missing necessary objects|not a git repository: '\.'|requires a git repository|bad pack/;

async function pushRefs(
  replica: Replica,
  updates: readonly RefUpdate[],
  options: readonly string[] = [],
): Promise<GitResult> {
  for (let attempt = 1; ; attempt++) {
    const result = await pushToNames(replica, [...updates, ...heldOnDisk(replica, updates)], options);
    const isDone = result.code === 0 || !isOnDisk(replica.address) || attempt === MAX_PUSH_ATTEMPTS;
    if (isDone || !isDisturbed(`${result.stdout}\n${result.stderr}`)) return result;
    await sleep(attempt * 5);
  }
}

/**
 * A ref of this host for a hub on this disk, set to a new commit after the one that is pushed, so that no two pushes store
 * the same pack. A gc in the hub that has just chosen to delete what a push left, because the branch could not be moved,
 * would otherwise delete the same pack again when the next push has stored it.
 */
function heldOnDisk({ git, address, heldBy }: Replica, updates: readonly RefUpdate[]): RefUpdate[] {
  const commit = updates.find(({ ref }) => ref === BRANCH)?.to;
  if (commit === undefined || !isOnDisk(address)) return [];
  const author = ["-c", "user.name=git-hive", "-c", "user.email=hive@git-hive.invalid"];
  const message = `Offered ${randomUUID()}`;
  const args = [...author, "commit-tree", `${commit}^{tree}`, "-p", commit, "-m", message];
  const { code, stdout } = git.runNow(args, "");
  return code === 0 ? [{ ref: heldBy(), to: stdout.toString("utf8").trim(), expected: undefined }] : [];
}

/**
 * Pushes, whatever other refs the hub has. Where git takes one of them, such as the tag `refs/heads/main`, for a ref that
 * is pushed, it pushes nothing. Then the branch is pushed by a pattern, which stands for the whole name alone, and the
 * other refs are left out.
 */
async function pushToNames(
  replica: Replica,
  updates: readonly RefUpdate[],
  options: readonly string[],
): Promise<GitResult> {
  const result = await pushOnce(replica, updates, options);
  const ambiguous = new Set(result.stderr.split("\n").flatMap((line) => AMBIGUOUS_REF.exec(line)?.[1] ?? []));
  const clear = updates.filter(({ ref }) => ref === BRANCH || !ambiguous.has(ref));
  if (ambiguous.size === 0 || clear.length === 0) return result;
  const branch = ambiguous.has(BRANCH) ? clear.find(({ ref }) => ref === BRANCH) : undefined;
  return branch !== undefined && /^https?:/i.test(replica.address.url)
    ? pushByHelper(replica, branch)
    : pushOnce(replica, clear, options, branch !== undefined);
}

/**
 * Pushes the branch by a pattern over HTTP. `git push` replaces a pattern by whole names before it starts its helper for
 * HTTP, so the helper is started without it, and given the pattern itself.
 */
async function pushByHelper(
  { git, seconds, address }: Replica,
  { to, expected }: RefUpdate,
): Promise<GitResult> {
  const input = [
    "option progress false",
    ...(expected === undefined ? [] : [`option cas ${BRANCH}:${expected}`]),
    `push ${branchPattern(git, to ?? "")}`,
    "\n",
  ];
  const helper = address.url.slice(0, address.url.indexOf(":")).toLowerCase();
  const result = await git.run([`remote-${helper}`, REMOTE], {
    seconds: timeLimit({ seconds }, PUSH_TIMEOUT_SECONDS),
    input: input.join("\n"),
  });
  return { ...result, stdout: result.stdout.replaceAll(HELPERS_ANSWER, porcelainLine) };
}

/** What the helper says of a ref, and why. */
const HELPERS_ANSWER = /^(ok|error) (\S+)(?: (.*))?$/gm;

/** The line that `git push --porcelain` prints for an answer of its helper. */
function porcelainLine(_: string, answer: string, ref: string, why = ""): string {
  const reason = why.replace(/^"(.*)"$/, "$1");
  if (answer === "ok") return ` \t${OFFERED}:${ref}\t`;
  return `!\t${OFFERED}:${ref}\t[${LOCAL_REASONS.has(reason) ? "rejected" : "remote rejected"}] (${reason})`;
}

/** Why the helper itself rejects a ref, before it sends anything. */
const LOCAL_REASONS = new Set([
  "stale info",
  "non-fast forward",
  "fetch first",
  "needs force",
  "already exists",
]);

function isDisturbed(printed: string): boolean {
  return DISTURBED_PUSH.test(printed) || lostFile(printed, "/objects/");
}

function pushOnce(
  { git, seconds, address }: Replica,
  updates: readonly RefUpdate[],
  options: readonly string[],
  byPattern = false,
): Promise<GitResult> {
  const leases = updates
    .filter(({ expected }) => expected !== undefined)
    .map(({ ref, expected }) => `--force-with-lease=${ref}:${expected}`);
  const specs = updates.map(({ ref, to, expected }) =>
    byPattern && ref === BRANCH && to !== undefined
      ? branchPattern(git, to)
      : `${expected === undefined ? "+" : ""}${to ?? ""}:${ref}`,
  );
  const args = [
    "push",
    "--porcelain",
    "--no-verify",
    ...receiver(address, updates),
    ...options,
    ...leases,
    REMOTE,
    ...specs,
  ];
  return git.run(args, { seconds: timeLimit({ seconds }, PUSH_TIMEOUT_SECONDS) });
}

function branchPattern(git: Git, commit: string): string {
  const name = BRANCH.slice(BRANCH.lastIndexOf("/"));
  git.runNow(["update-ref", `${OFFERED}${name}`, commit], "");
  return `${OFFERED}/*:${BRANCH.slice(0, -name.length)}/*`;
}

/** A ref whose name needs no quotes in a shell. */
const PLAIN_REF = /^[A-Za-z0-9/_-]+$/;

/**
 * The git that receives a push to a hub on this disk. Another server may run nothing but plain `git-receive-pack`.
 *
 * It keeps what the push brings as one pack, until its refs point to it: it would store a small push as loose objects,
 * which a gc in the hub can delete before that. And it hides all outboxes that are not pushed, because before it accepts
 * a commit, it reads the commits of all refs that it does not hide, however large they are.
 */
function receiver(address: Replica["address"], updates: readonly RefUpdate[]): string[] {
  if (!isOnDisk(address)) return [];
  const shown = updates.filter(({ ref }) => ref.startsWith(`${OUTBOXES}/`) && PLAIN_REF.test(ref));
  const settings = [
    "receive.unpackLimit=1",
    `receive.hideRefs=${OUTBOXES}`,
    ...shown.map(({ ref }) => `receive.hideRefs='!${ref}'`),
    "core.alternateRefsPrefixes=refs/heads/",
  ];
  return [`--receive-pack=git ${settings.map((setting) => `-c ${setting}`).join(" ")} receive-pack`];
}
