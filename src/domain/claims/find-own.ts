import type { Author } from "../operation.ts";
import type { Refusal } from "../refusal.ts";
import { Ulid } from "../values/ids.ts";
import * as z from "../values/z.ts";
import { type Claim, Project } from "./claim.ts";
import { type Claims, isLive, sortClaims } from "./overlap.ts";
import { notHolder, otherClaim, unknownClaim } from "./refusals.ts";
import { isKey, Target } from "./target.ts";

/** Which claim is meant: by its key or by one of its targets, and only this very one where its id is given. */
export const Which = z.object({
  claim: Target,
  project: z.optional(Project),
  claim_id: z.optional(Ulid),
});
type Which = z.infer<typeof Which>;

/**
 * The claim that is meant, held by whoever wishes or lapsed since. Refused where another session holds it now, where it
 * was claimed anew since, and where there is none.
 */
export function findOwn(
  claims: Claims,
  which: Which,
  { session, at }: Author,
): { readonly claim: Claim } | Refusal {
  const meant = sortClaims(claims).filter((claim) => isMeant(claim, which));
  const claim = meant.find((each) => each.session === session);
  const other = meant.find((each) => isLive(each, at));
  if (!claim) return other ? notHolder(other) : unknownClaim(which.claim);
  return which.claim_id === undefined || which.claim_id === claim.claim_id ? { claim } : otherClaim(claim);
}

function isMeant({ key, patterns, project }: Claim, { claim, project: where }: Which): boolean {
  const isHere = isKey(claim) || where === undefined || where === project;
  return key === claim || (isHere && patterns.includes(claim));
}
