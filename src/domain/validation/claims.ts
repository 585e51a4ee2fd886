import { type Claim, MAX_LEASE_SECONDS } from "../claims/claim.ts";
import { isLive, leaseUntil, overlapOf, scopeOf } from "../claims/overlap.ts";
import type { Instant } from "../values/instant.ts";
import type { Held, HubFault, HubFiles } from "./hub-files.ts";

/** Finds targets that two sessions hold at the same time. */
export function noOverlap({ claims }: HubFiles, now: Instant): HubFault[] {
  const live = claims
    .filter(({ value }) => isLive(value, now))
    .map((held) => ({ ...held, scope: scopeOf(held.value) }));
  return live.flatMap(({ path, value, scope }, index) =>
    live.slice(index + 1).flatMap((other): HubFault[] => {
      const overlap = value.session === other.value.session ? undefined : overlapOf(scope, other.scope);
      if (!overlap) return [];
      const key = ["patterns", value.patterns.indexOf(overlap[0])];
      const message = `${overlap[0]} overlaps ${overlap[1]}, which ${other.value.session} holds; expected one holder`;
      return [{ path, rule: "overlap", message, key }];
    }),
  );
}

/**
 * Finds claims that end more than a week after they were taken or renewed. The limit frees the claims of sessions
 * that never return.
 */
export function boundedLeases({ claims }: HubFiles): HubFault[] {
  return claims.flatMap(({ path, value }: Held<Claim>): HubFault[] => {
    const latest = leaseUntil(value.renewed_at ?? value.claimed_at, MAX_LEASE_SECONDS);
    if (!isLive(value, latest)) return [];
    return [
      {
        path,
        rule: "lease",
        message: `until is ${value.until}; expected no later than ${latest}`,
        key: ["until"],
      },
    ];
  });
}
