import type { Claim } from "../claims/claim.ts";
import { isLive, overlapOf, scopeOf } from "../claims/overlap.ts";
import { BOT } from "../values/session-id.ts";
import { type Actors, actorsOf, type Changed, type HubCommit, isRepair, nameOf } from "./commits.ts";
import type { HubFault } from "./hub-files.ts";

const FIXED = ["key", "session", "claimed_at"] as const;

/** A claim is its holder's until it lapses: then the bot may put it away, and whoever claims the same may take it over. */
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
  // A file that cannot be read has findings of its own.
  if (!after) return undefined;
  if (!actors.sessions.has(after.session))
    return `in the name of ${after.session}; expected to be committed by ${after.session}`;
  if (!before) return undefined;
  if (before.claim_id !== after.claim_id) return mayEnd(before, commit, actors) ? undefined : onlyBy(before);
  const changed = FIXED.find((key) => before[key] !== after[key]);
  return changed && `${changed} was changed; expected ${JSON.stringify(before[changed])}`;
}

/** Its holder, the bot, or who takes over in the same commit what has lapsed by then. */
function mayEnd(claim: Claim, { changes }: HubCommit, { sessions, isBot }: Actors): boolean {
  return isBot || sessions.has(claim.session) || changes.claims.some(({ after }) => isTakenBy(claim, after));
}

function isTakenBy(claim: Claim, next: Claim | undefined): boolean {
  if (next === undefined || isLive(claim, next.renewed_at ?? next.claimed_at)) return false;
  return next.key === claim.key || overlapOf(scopeOf(next), scopeOf(claim)) !== undefined;
}

function onlyBy({ session, until }: Claim): string {
  return `only ${session} or ${BOT} ends this claim before ${until}, or whoever claims the same after`;
}
