import { type Presence, presenceOf } from "../sessions/presence.ts";
import type { Snapshot } from "../snapshot.ts";
import type { SessionId } from "../values/ids.ts";
import type { Instant } from "../values/instant.ts";
import type { Claim } from "./claim.ts";
import { isLive, type Overlap, overlapOf, type Scope, scopeOf, sortClaims } from "./overlap.ts";

/** A live claim and the presence of its holder. */
export type ClaimView = Claim & { readonly presence: Presence };

export interface ConflictsView {
  /** Pairs of claims by different sessions that overlap. Only a manual edit can cause this. */
  readonly conflicts: readonly { claims: readonly [ClaimView, ClaimView]; overlap: Overlap }[];
  /** Claims whose holders are offline. */
  readonly abandoned: readonly ClaimView[];
}

/** A target to check, such as a file of a commit, and the other session's claim that blocks it. */
export interface BlockedTarget {
  readonly target: string;
  readonly pattern: string;
  readonly claim: Claim;
}

/** All claims that are live at an instant, sorted by key. */
export function claims(
  { claims: all, heartbeats, settings }: Pick<Snapshot, "claims" | "heartbeats" | "settings">,
  now: Instant,
): ClaimView[] {
  return sortClaims(all)
    .filter((claim) => isLive(claim, now))
    .map((claim) => ({ ...claim, presence: presenceOf(heartbeats.get(claim.session), now, settings) }));
}

/** Finds overlapping and abandoned claims among the live claims. */
export function conflicts(held: readonly ClaimView[]): ConflictsView {
  const scopes = held.map(scopeOf);
  const found = held.flatMap((claim, index) =>
    held.slice(index + 1).flatMap((other, offset) => {
      const [mine, theirs] = [scopes[index], scopes[index + 1 + offset]];
      const overlap = mine && theirs && claim.session !== other.session ? overlapOf(mine, theirs) : undefined;
      return overlap ? [{ claims: [claim, other] as const, overlap }] : [];
    }),
  );
  return { conflicts: found, abandoned: held.filter(({ presence }) => presence === "offline") };
}

/** The targets that another session holds at an instant. A target with several scopes is listed once. */
export function blockedTargets(
  all: Snapshot["claims"],
  wanted: readonly { readonly target: string; readonly scope: Scope }[],
  session: SessionId | undefined,
  now: Instant,
): BlockedTarget[] {
  return heldTargets(all, wanted, now, (holder) => holder !== session);
}

/** The targets that a session holds itself at an instant; none without a session. */
export function ownTargets(
  all: Snapshot["claims"],
  wanted: readonly { readonly target: string; readonly scope: Scope }[],
  session: SessionId | undefined,
  now: Instant,
): BlockedTarget[] {
  return heldTargets(all, wanted, now, (holder) => holder === session);
}

function heldTargets(
  all: Snapshot["claims"],
  wanted: readonly { readonly target: string; readonly scope: Scope }[],
  now: Instant,
  isHolder: (session: SessionId) => boolean,
): BlockedTarget[] {
  const claims = sortClaims(all).filter((claim) => isLive(claim, now) && isHolder(claim.session));
  const others = claims.map((claim) => ({ claim, scope: scopeOf(claim) }));
  const blocked = new Map<string, BlockedTarget>();
  for (const { target, scope } of wanted) {
    if (blocked.has(target)) continue;
    for (const other of others) {
      const overlap = overlapOf(scope, other.scope);
      if (overlap === undefined) continue;
      blocked.set(target, { target, pattern: overlap[1], claim: other.claim });
      break;
    }
  }
  return [...blocked.values()];
}
