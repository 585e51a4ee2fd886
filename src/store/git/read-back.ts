import { join } from "node:path";
import { writeDespiteGc } from "./despite-gc.ts";
import type { Git } from "./git.ts";
import { NEXT } from "./ref-names.ts";
import { type Chain, type CommitDraft, writeCommits } from "./write-commits.ts";

/** How often a chain is written again when another program deletes parts of it. */
const MAX_REWRITES = 3;

/**
 * Reads back a chain to which a ref points now. Where another program has deleted some of it, writes it again: the same
 * drafts give the same objects. Returns what git says is missing when the chain stays incomplete.
 */
export async function readBack(
  git: Git,
  base: string | undefined,
  drafts: readonly CommitDraft[],
  chain: Chain,
): Promise<string | undefined> {
  let missing = missingFrom(git, base, chain);
  for (let rewrites = 0; missing !== undefined && rewrites < MAX_REWRITES; rewrites++) {
    const again = await writeCommits(git, base, drafts, undefined);
    missing = again === undefined ? missing : missingFrom(git, base, { ...again, reusesObjects: true });
    git.runNow(["update-ref", "-d", NEXT], "");
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
function missingFrom(git: Git, base: string | undefined, { tip, reusesObjects }: Chain): string | undefined {
  const range = base === undefined ? [tip] : [tip, `^${base}`];
  const pack = join(git.directory, "objects", "pack", "pack");
  const args = ["pack-objects", "--quiet", "--revs", pack];
  if (reusesObjects && writeDespiteGc(git, args, `${range.join("\n")}\n`).code === 0) return undefined;
  const { code, stderr } = git.runNow(["rev-list", "--objects", "--quiet", ...range, "--"], "");
  return code === 0 ? undefined : firstErrorIn(stderr);
}

/** The first error that git printed, on one line. */
export function firstErrorIn(stderr: string): string {
  const line = stderr.split("\n").find((each) => /^(?:fatal|error|warning): /.test(each));
  return line?.replace(/^\w+: (?:ignoring )?/, "") ?? "git gives no reason";
}
