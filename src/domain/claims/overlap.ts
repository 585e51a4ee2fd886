import type { Author } from "../operation.ts";
import type { ClaimKey } from "../values/ids.ts";
import type { Instant } from "../values/instant.ts";
import { inOrderOf } from "../values/order.ts";
import { secondsBetween, toInstant } from "../values/time.ts";
import type { Claim } from "./claim.ts";
import { type Glob, glob, haveCommonPath } from "./glob/glob.ts";
import { type ClaimProject, isSameProject } from "./project.ts";
import { isKey, pathOf } from "./target.ts";

/** The targets of a claim, prepared for comparison with other claims. */
export interface Scope extends ClaimProject {
  readonly keys: ReadonlySet<string>;
  readonly files: readonly { readonly target: string; readonly glob: Glob }[];
}

/** Two overlapping targets, one of each claim. Two sessions cannot hold both. */
export type Overlap = readonly [mine: string, theirs: string];

export function scopeOf({ patterns, project, repository }: Pick<Claim, "patterns"> & ClaimProject): Scope {
  const paths = patterns.filter((target) => !isKey(target));
  return {
    keys: new Set(patterns.filter(isKey)),
    project,
    repository,
    files: paths.map((target) => ({ target, glob: glob(pathOf(target)) })),
  };
}

/**
 * The first overlapping targets of two scopes: the same key, or, in the same project, two patterns that match a
 * common path. Undefined if the scopes do not overlap.
 */
export function overlapOf(mine: Scope, theirs: Scope): Overlap | undefined {
  for (const key of mine.keys) if (theirs.keys.has(key)) return [key, key];
  if (mine.files.length === 0 || theirs.files.length === 0 || !isSameProject(mine, theirs)) return undefined;
  for (const { target, glob: own } of mine.files) {
    const other = theirs.files.find((each) => haveCommonPath(own, each.glob));
    if (other) return [target, other.target];
  }
  return undefined;
}

/** Whether a claim is live at an instant. From `until` on, any session may take it. */
export function isLive({ until }: Pick<Claim, "until">, at: Instant): boolean {
  return secondsBetween(at, until) > 0;
}

export type Claims = ReadonlyMap<ClaimKey, Claim>;

/** A claim that overlaps a wanted scope. */
export interface OverlappingClaim {
  readonly claim: Claim;
  readonly overlap: Overlap;
}

/** All claims, sorted by key. */
export function sortClaims(claims: Claims): Claim[] {
  return [...claims.values()].sort(inOrderOf(({ key }) => key));
}

/** The claims that overlap a scope: live claims of other sessions, and lapsed claims of any session. */
export function overlappingClaims(
  claims: Claims,
  wanted: Scope,
  { session, at }: Author,
): { held: OverlappingClaim[]; lapsed: Claim[] } {
  const overlapping = sortClaims(claims).flatMap((claim): OverlappingClaim[] => {
    const overlap = overlapOf(wanted, scopeOf(claim));
    return overlap ? [{ claim, overlap }] : [];
  });
  return {
    held: overlapping.filter(({ claim }) => isLive(claim, at) && claim.session !== session),
    lapsed: overlapping.map(({ claim }) => claim).filter((claim) => !isLive(claim, at)),
  };
}

/** All claims that have lapsed by an instant. */
export function lapsedClaims(claims: Claims, at: Instant): Claim[] {
  return sortClaims(claims).filter((claim) => !isLive(claim, at));
}

/** The end of a lease that starts at an instant. */
export function leaseUntil(at: Instant, seconds: number): Instant {
  return toInstant(Date.parse(at) + seconds * 1000);
}
