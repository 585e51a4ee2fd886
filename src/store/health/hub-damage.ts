import type { HiveError } from "../../errors.ts";
import type { GitOutput } from "../git/git.ts";
import { firstErrorIn } from "../git/read-back.ts";
import { knownRef } from "../git/refs.ts";
import { hubDamaged } from "../hub/errors.ts";
import type { Repository } from "../replica/repository.ts";

/**
 * The error of a hub on this disk whose newest state git cannot read; undefined where nothing of it is missing, and for
 * a hub behind a URL. It lists the whole state, so it is for moments when something has failed.
 */
export function hubDamage({ address, git, tip: ref, isHub }: Repository): HiveError | undefined {
  if (!isHub) return undefined;
  const tip = knownRef(git, ref);
  if (tip !== null) {
    const listed = git.runNow(["rev-list", "--objects", "--quiet", "--no-walk", tip, "--"], "");
    return listed.code === 0 ? undefined : hubDamaged(address, firstErrorIn(listed.stderr));
  }
  const refs = git.runNow(["for-each-ref", "--count=1", ref], "");
  return isClean(refs) ? undefined : hubDamaged(address, firstErrorIn(refs.stderr));
}

/** A broken ref is only a warning to git. */
function isClean({ code, stderr }: GitOutput): boolean {
  return code === 0 && !/broken ref/.test(stderr);
}
