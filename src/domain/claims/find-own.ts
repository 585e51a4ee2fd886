import type { Author } from "../operation.ts";
import type { Refusal } from "../refusal.ts";
import { Ulid } from "../values/ids.ts";
import * as z from "../values/z.ts";
import { type Claim, Project, Repository } from "./claim.ts";
import { type Claims, isLive, sortClaims } from "./overlap.ts";
import { isSameProject } from "./project.ts";
import {
  heldByAnother,
  heldByOtherTargets,
  type LeaseVerb,
  notHolder,
  otherClaim,
  unknownClaim,
} from "./refusals.ts";
import { isKey, isOverOrBelow, isSameTarget, Target } from "./target.ts";

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
  verb: LeaseVerb,
): { readonly claim: Claim } | Refusal {
  const sorted = sortClaims(claims);
  const matching = sorted.filter((claim) => isMatch(claim, reference));
  const claim = matching.find((each) => each.session === session);
  const other = matching.find((each) => isLive(each, at));
  if (!claim)
    return other
      ? notHolder(other)
      : (heldOtherwise(sorted, reference, { session, at }, verb) ?? unknownClaim(reference.claim));
  return reference.claim_id === undefined || reference.claim_id === claim.claim_id
    ? { claim }
    : otherClaim(claim);
}

/** The refusal where a claim holds the wanted path by another target: a pattern over it, or a target below it. */
function heldOtherwise(
  claims: readonly Claim[],
  { claim: wanted, ...project }: ClaimReference,
  { session, at }: Pick<Author, "session" | "at">,
  verb: LeaseVerb,
): Refusal | undefined {
  const holding = claims.flatMap((claim) => {
    const isInProject = project.project === undefined || isSameProject(project, claim);
    const by = isInProject ? claim.patterns.filter((each) => isOverOrBelow(each, wanted)) : [];
    return by.length === 0 ? [] : [{ claim, by }];
  });
  const own = holding.filter(({ claim }) => claim.session === session).flatMap(({ by }) => by);
  if (own.length > 0) return heldByOtherTargets(wanted, own, verb);
  const other = holding.find(({ claim }) => isLive(claim, at));
  return other && heldByAnother(wanted, other.claim, other.by, verb);
}

function isMatch(held: Claim, { claim, ...wanted }: ClaimReference): boolean {
  const isInProject = isKey(claim) || wanted.project === undefined || isSameProject(wanted, held);
  return held.key === claim || (isInProject && held.patterns.some((each) => isSameTarget(each, claim)));
}
