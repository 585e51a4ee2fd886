import type { Claim } from "./claims/claim.ts";
import { isLive, type Overlap, overlapOf, type Scope, scopeOf } from "./claims/overlap.ts";
import type { Wisher } from "./operation.ts";
import type { ClaimKey } from "./values/ids.ts";
import type { Instant } from "./values/instant.ts";
import { toInstant } from "./values/time.ts";

export type Claims = ReadonlyMap<ClaimKey, Claim>;

/** A claim that overlaps what somebody wants. */
export interface Rival {
  readonly claim: Claim;
  readonly overlap: Overlap;
}

/** All claims in the order of their keys. */
export function sortClaims(claims: Claims): Claim[] {
  return [...claims.values()].sort((a, b) => (a.key < b.key ? -1 : 1));
}

/** What stands in the way of a scope: claims that others hold now, and those that have lapsed, whosever they were. */
export function rivalsOf(
  claims: Claims,
  wanted: Scope,
  { session, at }: Wisher,
): { held: Rival[]; lapsed: Claim[] } {
  const overlapping = sortClaims(claims).flatMap((claim): Rival[] => {
    const overlap = overlapOf(wanted, scopeOf(claim));
    return overlap ? [{ claim, overlap }] : [];
  });
  return {
    held: overlapping.filter(({ claim }) => isLive(claim, at) && claim.session !== session),
    lapsed: overlapping.map(({ claim }) => claim).filter((claim) => !isLive(claim, at)),
  };
}

/** Claims whose time is over. */
export function lapsedClaims(claims: Claims, at: Instant): Claim[] {
  return sortClaims(claims).filter((claim) => !isLive(claim, at));
}

/** So many seconds after an instant. */
export function leaseUntil(at: Instant, seconds: number): Instant {
  return toInstant(Date.parse(at) + seconds * 1000);
}
