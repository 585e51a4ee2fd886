import type { Author } from "../operation.ts";
import type { Refusal } from "../refusal.ts";
import { Ulid } from "../values/ids.ts";
import * as z from "../values/z.ts";
import { type Claim, Project, Repository } from "./claim.ts";
import { type Claims, isLive, sortClaims } from "./overlap.ts";
import { isSameProject } from "./project.ts";
import { notHolder, otherClaim, unknownClaim } from "./refusals.ts";
import { isKey, isSameTarget, Target } from "./target.ts";

/** Names a claim by its key or by one of its targets. With `claim_id`, only the claim with this id matches. */
export const ClaimReference = z.object({
  claim: Target,
  project: z.optional(Project),
  repository: z.optional(Repository),
  claim_id: z.optional(Ulid),
});
type ClaimReference = z.infer<typeof ClaimReference>;

/**
 * Finds the author's claim, live or lapsed. Returns a refusal if another session holds the claim, if the id names an
 * earlier claim, or if there is no such claim.
 */
export function findOwnClaim(
  claims: Claims,
  reference: ClaimReference,
  { session, at }: Author,
): { readonly claim: Claim } | Refusal {
  const matching = sortClaims(claims).filter((claim) => isMatch(claim, reference));
  const claim = matching.find((each) => each.session === session);
  const other = matching.find((each) => isLive(each, at));
  if (!claim) return other ? notHolder(other) : unknownClaim(reference.claim);
  return reference.claim_id === undefined || reference.claim_id === claim.claim_id
    ? { claim }
    : otherClaim(claim);
}

function isMatch(held: Claim, { claim, ...wanted }: ClaimReference): boolean {
  const isInProject = isKey(claim) || wanted.project === undefined || isSameProject(wanted, held);
  return held.key === claim || (isInProject && held.patterns.some((each) => isSameTarget(each, claim)));
}
