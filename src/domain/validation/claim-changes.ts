import type { Claim } from "../claims/claim.ts";
import { isLive, overlapOf, scopeOf } from "../claims/overlap.ts";
import { BOT } from "../values/session-id.ts";
import { type Actors, actorsOf, type Changed, type HubCommit, isRepair, nameOf } from "./commits.ts";
import type { HubFault } from "./hub-files.ts";

const FIXED = ["key", "session", "claimed_at"] as const;

/**
 * Finds changes of claims by sessions other than the holder. Once a claim has lapsed, the bot may remove it, and a
 * session that claims the same target may take it over.
 */
export function ownClaims(commit: HubCommit): HubFault[] {
  const actors = actorsOf(commit);
  return commit.changes.claims.flatMap((change) => {
    const reason = isRepair(change) ? undefined : reasonAgainst(change, commit, actors);
    return reason === undefined
      ? []
      : [{ path: change.path, rule: "claim", message: `${nameOf(commit)}: ${reason}` }];
  });
}

function reasonAgainst(
  { before, after, exists }: Changed<Claim>,
  commit: HubCommit,
  actors: Actors,
): string | undefined {
  if (!exists) return before && !mayEnd(before, commit, actors) ? onlyBy(before) : undefined;
  // An unreadable file has findings of its own.
  if (!after) return undefined;
  if (!actors.sessions.has(after.session))
    return `in the name of ${after.session}; expected a commit by ${after.session}`;
  if (!before) return undefined;
  if (before.claim_id !== after.claim_id) return mayEnd(before, commit, actors) ? undefined : onlyBy(before);
  const changed = FIXED.find((key) => before[key] !== after[key]);
  return changed && `${changed} was changed; expected ${JSON.stringify(before[changed])}`;
}

/**
 * Whether a commit may end a claim: by the holder, by the bot, or by a session that takes over the lapsed claim in
 * the same commit.
 */
function mayEnd(claim: Claim, { changes }: HubCommit, { sessions, isBot }: Actors): boolean {
  return isBot || sessions.has(claim.session) || changes.claims.some(({ after }) => isTakenBy(claim, after));
}

function isTakenBy(claim: Claim, next: Claim | undefined): boolean {
  if (next === undefined || isLive(claim, next.renewed_at ?? next.claimed_at)) return false;
  return next.key === claim.key || overlapOf(scopeOf(next), scopeOf(claim)) !== undefined;
}

function onlyBy({ session, until }: Claim): string {
  return `only ${session} or ${BOT} may end this claim before ${until}; after that, any session that claims the same target`;
}
