import { change, type FileChange, putRecord, removeFile } from "../../decision.ts";
import { claimPath } from "../../hub/layout.ts";
import { defineOperation } from "../../operation.ts";
import { firstLine } from "../../values/visible.ts";
import * as z from "../../values/z.ts";
import { Claim } from "../claim.ts";
import { ClaimReference, findOwnClaim } from "../find-own.ts";
import { sortClaims } from "../overlap.ts";
import { unknownClaim } from "../refusals.ts";
import { isKey, isSameTarget, Target } from "../target.ts";

const Input = z.extend(ClaimReference, {
  only: z.optional(z.literal(true)),
  /** More claims or targets, in the same project. */
  also: z.optional(z.array(Target).check(z.maxLength(100))),
  /** Frees all claims of the author. `claim` and `also` name them for versions that do not know it. */
  every: z.optional(z.literal(true)),
});

/**
 * Frees claims, or with `only` the targets that name them, and then the claims keep the others. A claim's key that is
 * none of its targets frees all of it in any case. With `every`, all claims of the author end. Only its holder may release it, and one that cannot be released keeps all. Operations of older
 * versions have no `only`: they free all.
 */
export const release = defineOperation({
  kind: "release",
  by: "registered",
  reads: ["claims"],
  input: Input,
  decide({ claims }, { also = [], only, every, ...input }, by) {
    const named = [input.claim, ...also];
    const own = every === true ? sortClaims(claims).filter(({ session }) => session === by.session) : [];
    const touched = new Map<string, Claim>(own.map((claim) => [claim.key, claim]));
    for (const target of every === true ? [] : named) {
      const found = findOwnClaim(claims, { ...input, claim: target }, by, "release");
      if ("kind" in found) return found;
      touched.set(found.claim.key, found.claim);
    }
    const ends = [...touched.values()].map((claim) => {
      const isAll =
        only !== true || every === true || (named.includes(claim.key) && !claim.patterns.includes(claim.key));
      return releaseOf(claim, (target) => isAll || named.some((each) => isSameTarget(target, each)));
    });
    const released = ends.flatMap((each) => each.released);
    const kept = ends.flatMap((each) => each.kept);
    const subject = `release ${firstLine(released.join(", "), 80)}: ${by.session}`;
    const rests = ends.map(({ claim }) => claim);
    const [first] = rests;
    if (first === undefined) return unknownClaim(input.claim);
    return change(
      subject,
      ends.map(({ file }) => file),
      { claim: first, claims: rests, released, kept },
    );
  },
});

/** What becomes of one claim: its file, the targets it loses, and those it keeps. */
interface Release {
  readonly claim: Claim;
  readonly released: readonly string[];
  readonly kept: readonly string[];
  readonly file: FileChange;
}

function releaseOf(claim: Claim, frees: (target: string) => boolean): Release {
  const path = claimPath(claim.key);
  const released = claim.patterns.filter(frees);
  const kept = claim.patterns.filter((target) => !frees(target));
  if (kept.length === 0) return { claim, released, kept, file: removeFile(path) };
  const rest = withTargets(claim, kept);
  return { claim: rest, released, kept, file: putRecord(path, Claim, rest) };
}

/** The claim with only these of its targets. Without a path it belongs to no project. */
function withTargets({ project, repository, ...claim }: Claim, patterns: string[]): Claim {
  return patterns.every(isKey) ? { ...claim, patterns } : { ...claim, patterns, project, repository };
}
