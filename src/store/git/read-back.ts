import { join } from "node:path";
import { writeDespiteGc } from "./despite-gc.ts";
import type { Git } from "./git.ts";
import { type Chain, type ChainTarget, type CommitDraft, writeCommits } from "./write-commits.ts";

/** How often a chain is written again when another program deletes parts of it. */
const MAX_REWRITES = 3;

/**
 * Makes sure that a chain to which `next` points is whole and stays so, before it is published. A chain that found none
 * of its objects in the repository is in one pack with its tip, which `moveRef` looks up. Another chain is read back; where
 * another program has deleted some of it, it is written again: the same drafts give the same objects. Returns what git
 * says is missing when the chain stays incomplete.
 */
export function readBack(
  target: ChainTarget,
  base: string | undefined,
  drafts: readonly CommitDraft[],
  chain: Chain,
): string | undefined {
  let missing = chain.reusesObjects ? missingFrom(target.git, base, chain) : undefined;
  for (let rewrites = 0; missing !== undefined && rewrites < MAX_REWRITES; rewrites++) {
    const again = writeCommits(target, base, drafts);
    missing = again && missingFrom(target.git, base, again);
  }
  return missing;
}

/**
 * Returns git's words about a missing object of a chain; undefined when none is missing.
 *
 * An object that the chain did not write but found in the repository may lie in a pack that a gc deletes later, because
 * it looked at the refs before. Such a chain gets one more pack with all of its objects. No gc deletes that pack,
 * because each gc lists the packs before it looks at the refs.
 */
function missingFrom(git: Git, base: string | undefined, { tip }: Chain): string | undefined {
  const range = base === undefined ? [tip] : [tip, `^${base}`];
  const pack = join(git.directory, "objects", "pack", "pack");
  const args = ["pack-objects", "--quiet", "--revs", pack];
  if (writeDespiteGc(git, args, `${range.join("\n")}\n`).code === 0) return undefined;
  const { code, stderr } = git.runNow(["rev-list", "--objects", "--quiet", ...range, "--"], "");
  return code === 0 ? undefined : firstErrorIn(stderr);
}

/** The first error that git printed, on one line. */
export function firstErrorIn(stderr: string): string {
  const line = stderr.split("\n").find((each) => /^(?:fatal|error|warning): /.test(each));
  return line?.replace(/^\w+: (?:ignoring )?/, "") ?? "git gives no reason";
}
