import type { HiveError } from "../../errors.ts";
import type { GitOutput } from "../git/git.ts";
import { firstErrorIn } from "../git/read-back.ts";
import { knownRef } from "../git/refs.ts";
import { hubDamaged } from "../hub/errors.ts";
import type { Repository } from "../replica/repository.ts";

/**
 * The error of a hub on this disk that is away, or whose newest state or commits git cannot read; undefined where nothing
 * of them is missing, and for a hub behind a URL. It lists them all, so it is for moments when something has failed.
 */
export function hubDamage({ address, git, tip: ref, isHub, away }: Repository): HiveError | undefined {
  if (!isHub) return undefined;
  const absence = away();
  if (absence !== undefined) return absence;
  const tip = knownRef(git, ref);
  if (tip !== null) {
    for (const part of [["--objects", "--no-walk"], []]) {
      const listed = git.runNow(["rev-list", "--quiet", ...part, tip, "--"], "");
      if (listed.code !== 0) return hubDamaged(address, firstErrorIn(listed.stderr));
    }
    return undefined;
  }
  const refs = git.runNow(["for-each-ref", "--count=1", ref], "");
  return isClean(refs) ? undefined : hubDamaged(address, firstErrorIn(refs.stderr));
}

/** A broken ref is only a warning to git. */
function isClean({ code, stderr }: GitOutput): boolean {
  return code === 0 && !/broken ref/.test(stderr);
}
