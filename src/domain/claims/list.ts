import { type Presence, presenceOf } from "../sessions/presence.ts";
import type { Snapshot } from "../snapshot.ts";
import type { SessionId } from "../values/ids.ts";
import type { Instant } from "../values/instant.ts";
import type { Claim } from "./claim.ts";
import { isLive, type Overlap, overlapOf, type Scope, scopeOf, sortClaims } from "./overlap.ts";

/** A claim that holds, and whether its holder is there. */
export type ClaimView = Claim & { readonly presence: Presence };

export interface ConflictsView {
  /** Two sessions hold the same: only an edit by hand can come to that. */
  readonly conflicts: readonly { claims: readonly [ClaimView, ClaimView]; overlap: Overlap }[];
  /** Held by sessions that are offline. */
  readonly abandoned: readonly ClaimView[];
}

/** Something that is looked at, as files of a commit, and the claim of another session that is in the way. */
export interface Hindrance {
  readonly target: string;
  readonly pattern: string;
  readonly claim: Claim;
}

/** Every claim that holds at an instant, by key. */
export function claims(
  { claims: all, heartbeats, settings }: Pick<Snapshot, "claims" | "heartbeats" | "settings">,
  now: Instant,
): ClaimView[] {
  return sortClaims(all)
    .filter((claim) => isLive(claim, now))
    .map((claim) => ({ ...claim, presence: presenceOf(heartbeats.get(claim.session), now, settings) }));
}

/** What is wrong between the claims that hold. */
export function conflicts(held: readonly ClaimView[]): ConflictsView {
  const scopes = held.map(scopeOf);
  const found = held.flatMap((one, index) =>
    held.slice(index + 1).flatMap((other, offset) => {
      const [mine, theirs] = [scopes[index], scopes[index + 1 + offset]];
      const overlap = mine && theirs && one.session !== other.session ? overlapOf(mine, theirs) : undefined;
      return overlap ? [{ claims: [one, other] as const, overlap }] : [];
    }),
  );
  return { conflicts: found, abandoned: held.filter(({ presence }) => presence === "offline") };
}

/** Of the things that are looked at, those that another session holds at an instant; each once. */
export function hindrances(
  all: Snapshot["claims"],
  wanted: readonly { readonly target: string; readonly scope: Scope }[],
  session: SessionId | undefined,
  now: Instant,
): Hindrance[] {
  const others = sortClaims(all)
    .filter((claim) => isLive(claim, now) && claim.session !== session)
    .map((claim) => ({ claim, scope: scopeOf(claim) }));
  return wanted.flatMap(({ target, scope }) => {
    for (const other of others) {
      const overlap = overlapOf(scope, other.scope);
      if (overlap) return [{ target, pattern: overlap[1], claim: other.claim }];
    }
    return [];
  });
}
