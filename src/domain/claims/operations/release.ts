import { change, putRecord, removeFile } from "../../decision.ts";
import { claimPath } from "../../hub/layout.ts";
import { defineOperation } from "../../operation.ts";
import { firstLine } from "../../values/visible.ts";
import * as z from "../../values/z.ts";
import { Claim } from "../claim.ts";
import { ClaimReference, findOwnClaim } from "../find-own.ts";
import { isKey, isSameTarget } from "../target.ts";

/**
 * Frees a claim, or with `only` the one target that names it, and then the claim keeps the others. The claim's key frees
 * all of it in any case. Only its holder may release it. Operations of older versions have no `only`: they free all.
 */
export const release = defineOperation({
  kind: "release",
  by: "registered",
  reads: ["claims"],
  input: z.extend(ClaimReference, { only: z.optional(z.literal(true)) }),
  decide({ claims }, input, by) {
    const found = findOwnClaim(claims, input, by);
    if ("kind" in found) return found;
    const { claim } = found;
    const frees = (target: string) =>
      input.only !== true || claim.key === input.claim || isSameTarget(target, input.claim);
    const released = claim.patterns.filter(frees);
    const kept = claim.patterns.filter((target) => !frees(target));
    const subject = `release ${firstLine(released.join(", "), 80)}: ${by.session}`;
    const path = claimPath(claim.key);
    if (kept.length === 0) return change(subject, [removeFile(path)], { claim, released, kept });
    const rest = withTargets(claim, kept);
    return change(subject, [putRecord(path, Claim, rest)], { claim: rest, released, kept });
  },
});

/** The claim with only these of its targets. Without a path it belongs to no project. */
function withTargets({ project, repository, ...claim }: Claim, patterns: string[]): Claim {
  return patterns.every(isKey) ? { ...claim, patterns } : { ...claim, patterns, project, repository };
}
