import type { Collaboration } from "../collaboration.ts";
import { isOpen } from "../moves.ts";
import { BOT } from "../session-id.ts";
import { type Actors, actorsOf, type Changed, type HubCommit, isRepair, nameOf } from "./commits.ts";
import type { Fault } from "./fault.ts";
import { STEPS } from "./steps.ts";

const FIXED = ["request_id", "from_session", "to_session", "request", "urgency", "created_at"] as const;

/** A request is moved only by the party that may, one step added for each move, and nothing that was said is changed. */
export function ownRequests(commit: HubCommit): Fault[] {
  const actors = actorsOf(commit);
  return commit.changes.collaborations.flatMap((change) => {
    const isAllowed = isRepair(change) || (actors.isImport && !change.existed);
    const reasons = isAllowed ? [] : reasonsAgainst(change, actors);
    return reasons.map((reason) => ({
      path: change.path,
      rule: "request",
      message: `${nameOf(commit)}: ${reason}`,
    }));
  });
}

function reasonsAgainst({ before, after, exists }: Changed<Collaboration>, actors: Actors): string[] {
  if (!exists)
    return mayRemove(before, actors) ? [] : ["only what has ended leaves, moved to ARCHIVE/ by git-hive"];
  // A file that cannot be read has findings of its own.
  if (!after) return [];
  const known = before?.history ?? [];
  return [
    ...(before ? changedFacts(before, after) : []),
    ...(keepsHistory(known, after) ? [] : ["the history was rewritten; expected only new steps at its end"]),
    ...wrongActors(after, known.length, actors),
    ...wrongToucher(before ?? after, actors),
  ];
}

function mayRemove(before: Collaboration | undefined, { isBot }: Actors): boolean {
  return isBot && before !== undefined && !isOpen(before);
}

function changedFacts(before: Collaboration, after: Collaboration): string[] {
  return FIXED.filter((key) => before[key] !== after[key]).map(
    (key) => `${key} was changed; expected ${JSON.stringify(before[key]).slice(0, 80)}`,
  );
}

function keepsHistory(known: Collaboration["history"], { history }: Collaboration): boolean {
  return JSON.stringify(history.slice(0, known.length)) === JSON.stringify(known);
}

/** Each new step is by who may take it, and by who committed it. */
function wrongActors(after: Collaboration, known: number, { sessions }: Actors): string[] {
  return after.history.slice(known).flatMap(({ status, session }) => {
    const by = STEPS.get(status)?.by ?? "bot";
    const party = by === "bot" ? BOT : after[by];
    if (session !== party) return [`${status} by ${session}; expected by ${party}`];
    return sessions.has(session)
      ? []
      : [`${status} in the name of ${session}; expected to be committed by ${session}`];
  });
}

/** What is no move (a link, an estimate) may be added by either party. */
function wrongToucher({ from_session, to_session }: Collaboration, { sessions }: Actors): string[] {
  if ([from_session, to_session, BOT].some((party) => sessions.has(party))) return [];
  return [`neither ${from_session} nor ${to_session}, whose request it is`];
}
