import { rmSync } from "node:fs";
import { join } from "node:path";
import type { Git, GitResult } from "../git/git.ts";
import { readFailure } from "../git/push-answer.ts";
import { OUTBOXES } from "../git/ref-names.ts";
import { deleteRefs } from "../git/refs.ts";
import { listNames } from "../host/files.ts";
import { monotonic } from "../host/monotonic.ts";
import { REMOTE } from "./config.ts";
import { FETCH_OPTIONS, MAX_ALLOCATION_BYTES, type Replica, STREAMED } from "./fetch-options.ts";

/** How many outboxes a host looks at, at most, when it looks at those of others. */
export const MAX_OUTBOXES = 32;

/** The longest list of refs that is read: about 20,000. */
const MAX_LIST_BYTES = 2_097_152;

/** How much longer than the list of refs the chosen outboxes may take. */
const MAX_CHOSEN_MS = 1000;

/** A name of a ref that git and this program show the same way. */
const LISTED = /^([0-9a-f]{40,64})\t(refs\/hive\/outbox\/[\x21-\x7e]{1,200})$/gm;

interface Listed {
  readonly ref: string;
  readonly commit: string;
}

/**
 * Fetches a limited number of outboxes: this host's own, those that it has already, and any of the others. Records those
 * that cannot be fetched. Without an answer, the outboxes stay as they were.
 */
export async function fetchChosen(replica: Replica, own: string, seconds: number): Promise<void> {
  const { git, bad } = replica;
  const started = monotonic();
  const limits = { seconds, outputBytes: MAX_LIST_BYTES };
  const { code, stdout, timedOut } = await git.run(["ls-remote", REMOTE, `${OUTBOXES}/*`], limits);
  if (code !== 0) {
    if (!timedOut && stdout.length > 0) bad.noteAll("none", "the hub has more refs than are read");
    return;
  }
  const listed = [...stdout.matchAll(LISTED)].map(([, commit = "", ref = ""]) => ({ ref, commit }));
  const local = localOutboxes(git);
  const isBad = bad.finder();
  const chosen = choose(
    listed.filter(({ ref, commit }) => !isBad(ref, commit)),
    own,
    local,
  );
  forget(git, local, chosen);
  const missing = chosen.filter(({ ref, commit }) => local.get(ref) !== commit);
  const deadline = monotonic() + (monotonic() - started) + MAX_CHOSEN_MS;
  if (missing.length === 0 || (await fetchCommits(git, missing, deadline)).code === 0) return;
  await fetchOneByOne(replica, missing, deadline);
}

async function fetchOneByOne(
  { git, bad }: Replica,
  missing: readonly Listed[],
  deadline: number,
): Promise<void> {
  for (const each of missing) {
    if (monotonic() > deadline) return bad.noteAll("none", "the chosen ones take too long to fetch");
    const result = await fetchCommits(git, [each], deadline);
    if (result.code !== 0) bad.note(each.ref, reasonOf(result), each.commit);
  }
}

function reasonOf(result: GitResult): string {
  return /attempting to allocate \d+/.test(result.stderr) ? "it is too large" : readFailure(result).reason;
}

/** Fetches by id, because a host may have deleted its outbox in the meantime. */
function fetchCommits(git: Git, wanted: readonly Listed[], deadline: number): Promise<GitResult> {
  const specs = wanted.map(({ ref, commit }) => `+${commit}:${ref}`);
  return git.run([...STREAMED, "fetch", ...FETCH_OPTIONS, REMOTE, ...specs], {
    seconds: Math.max(0.1, (deadline - monotonic()) / 1000),
    allocationBytes: MAX_ALLOCATION_BYTES,
  });
}

function choose(listed: readonly Listed[], own: string, local: ReadonlyMap<string, string>): Listed[] {
  const rank = ({ ref, commit }: Listed) => (ref === own ? 0 : local.get(ref) === commit ? 1 : 2);
  return [...listed].sort((a, b) => rank(a) - rank(b)).slice(0, MAX_OUTBOXES);
}

/** The outboxes that this repository has, with their commits. */
function localOutboxes(git: Git): Map<string, string> {
  const { stdout } = git.runNow(["for-each-ref", "--format=%(objectname)%09%(refname)", `${OUTBOXES}/`], "");
  return new Map(
    [...stdout.toString("utf8").matchAll(LISTED)].map(([, commit = "", ref = ""]) => [ref, commit]),
  );
}

/** Deletes, in one go, the outboxes that are not among the chosen ones. */
function forget(git: Git, local: ReadonlyMap<string, string>, chosen: readonly Listed[]): void {
  const kept = new Set(chosen.map(({ ref }) => ref));
  const gone = [...local.keys()].filter((ref) => !kept.has(ref));
  if (gone.length > 0) deleteRefs(git, gone);
}

/** Removes the locks of a fetch that was ended. No other process fetches outboxes, because the writer does. */
export function removeOutboxLocks(git: Git): void {
  const folder = join(git.directory, OUTBOXES);
  for (const name of listNames(folder).filter((each) => each.endsWith(".lock")))
    rmSync(join(folder, name), { force: true });
}
