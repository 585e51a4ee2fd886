import { type Claim, MAX_LEASE_SECONDS } from "../claims/claim.ts";
import { isLive, leaseUntil, overlapOf, scopeOf } from "../claims/overlap.ts";
import type { Instant } from "../values/instant.ts";
import type { Held, HubFault, HubFiles } from "./hub-files.ts";

/**
 * How many pairs of targets are compared. A hub with a thousand live claims of files stays below; comparing all pairs of
 * many more would take minutes.
 */
const MAX_COMPARISONS = 2_000_000;

/** Finds targets that two sessions hold at the same time. */
export function noOverlap({ claims }: HubFiles, now: Instant): HubFault[] {
  const live = claims
    .filter(({ value }) => isLive(value, now))
    .map((held) => ({ ...held, scope: scopeOf(held.value) }));
  const faults: HubFault[] = [];
  let compared = 0;
  for (const [index, { path, value, scope }] of live.entries())
    for (const other of live.slice(index + 1)) {
      compared += 1 + scope.files.length * other.scope.files.length;
      if (compared > MAX_COMPARISONS) return [...faults, notCompared(path)];
      const overlap = value.session === other.value.session ? undefined : overlapOf(scope, other.scope);
      if (!overlap) continue;
      const key = ["patterns", value.patterns.indexOf(overlap[0])];
      const message = `${overlap[0]} overlaps ${overlap[1]}, which ${other.value.session} holds; expected one holder`;
      faults.push({ path, rule: "overlap", message, key });
    }
  return faults;
}

function notCompared(path: string): HubFault {
  const message = `too many live claims to compare them all; from this one on, at most ${MAX_COMPARISONS} pairs of targets are compared`;
  return { path, rule: "overlap", message };
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
