import type { Author } from "../operation.ts";
import type { ClaimKey } from "../values/ids.ts";
import type { Instant } from "../values/instant.ts";
import { inOrderOf } from "../values/order.ts";
import { secondsBetween, toInstant } from "../values/time.ts";
import type { Claim } from "./claim.ts";
import { type Glob, glob, haveCommonPath } from "./glob/glob.ts";
import { isKey, pathOf } from "./target.ts";

/** What a claim is about, ready to be compared with others. */
export interface Scope {
  readonly keys: ReadonlySet<string>;
  readonly project: string | undefined;
  readonly files: readonly { readonly target: string; readonly glob: Glob }[];
}

/** Two targets of which one claim at a time may have one. */
export type Overlap = readonly [mine: string, theirs: string];

export function scopeOf({ patterns, project }: Pick<Claim, "patterns" | "project">): Scope {
  const paths = patterns.filter((target) => !isKey(target));
  return {
    keys: new Set(patterns.filter(isKey)),
    project,
    files: paths.map((target) => ({ target, glob: glob(pathOf(target)) })),
  };
}

/** The first targets of two scopes that overlap: one key, or in one project patterns that mean a common path. */
export function overlapOf(mine: Scope, theirs: Scope): Overlap | undefined {
  for (const key of mine.keys) if (theirs.keys.has(key)) return [key, key];
  if (mine.project !== theirs.project) return undefined;
  for (const { target, glob: own } of mine.files) {
    const other = theirs.files.find((each) => haveCommonPath(own, each.glob));
    if (other) return [target, other.target];
  }
  return undefined;
}

/** Whether a claim still holds at an instant; from `until` on it is free to all. */
export function isLive({ until }: Pick<Claim, "until">, at: Instant): boolean {
  return secondsBetween(at, until) > 0;
}

export type Claims = ReadonlyMap<ClaimKey, Claim>;

/** A claim that overlaps what somebody wants. */
export interface OverlappingClaim {
  readonly claim: Claim;
  readonly overlap: Overlap;
}

/** All claims in the order of their keys. */
export function sortClaims(claims: Claims): Claim[] {
  return [...claims.values()].sort(inOrderOf(({ key }) => key));
}

/** What stands in the way of a scope: claims that others hold now, and those that have lapsed, whosever they were. */
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

/** Claims whose time is over. */
export function lapsedClaims(claims: Claims, at: Instant): Claim[] {
  return sortClaims(claims).filter((claim) => !isLive(claim, at));
}

/** So many seconds after an instant. */
export function leaseUntil(at: Instant, seconds: number): Instant {
  return toInstant(Date.parse(at) + seconds * 1000);
}
