import type { Collaboration, HistoryStep } from "../requests/collaboration.ts";
import { holderAfter } from "../requests/holder.ts";
import { isOpen } from "../requests/moves.ts";
import { BOT } from "../values/session-id.ts";
import { type Actors, actorsOf, type Changed, type HubCommit, isRepair, nameOf } from "./commits.ts";
import type { HubFault } from "./hub-files.ts";
import { STEPS, wrongTaker } from "./steps.ts";

const FIXED = [
  "request_id",
  "from_session",
  "to_capability",
  "request",
  "urgency",
  "created_at",
  "message_id",
  "handoff",
] as const;
/** What a step changes: all that a session may touch which was no party before. */
const OF_THE_MOVE = ["history", "status", "updated_at", "to_session"];

/** A request is moved only by the party that may, one step added for each move, and nothing that was said is changed. */
export function ownRequests(commit: HubCommit): HubFault[] {
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
    ...(before ? [...changedFacts(before, after), ...changedHolder(before, after)] : []),
    ...wrongEvidence(before, after),
    ...(keepsHistory(known, after) ? [] : ["the history was rewritten; expected only new steps at its end"]),
    ...wrongActors(after, known.length, actors),
    ...wrongToucher(before ?? after, after, actors),
  ];
}

function mayRemove(before: Collaboration | undefined, { isBot }: Actors): boolean {
  return isBot && before !== undefined && !isOpen(before);
}

function changedFacts(before: Collaboration, after: Collaboration): string[] {
  return FIXED.map(
    (key) => [key, JSON.stringify(before[key]) ?? "nothing", JSON.stringify(after[key])] as const,
  )
    .filter(([, was, is]) => was !== (is ?? "nothing"))
    .map(([key, was]) => `${key} was changed; expected ${was.slice(0, 80)}`);
}

/** Evidence is of what was done: it comes with the step that says so. */
function wrongEvidence(before: Collaboration | undefined, after: Collaboration): string[] {
  const steps = after.history.slice(before?.history.length ?? 0);
  const isDone = steps.some(({ status }) => status === "completed");
  return isDone || before?.evidence === after.evidence
    ? []
    : ["evidence was changed; expected only together with completed"];
}

/** Only a step makes a request another's: the first that accepts an open one, or takes one over from whom it was with. */
function changedHolder(before: Collaboration, { to_session, history }: Collaboration): string[] {
  const steps = history.slice(before.history.length);
  const expected = steps.reduce(holderAfter, before.to_session);
  const taken = steps.find((step) => step.taken_from !== undefined)?.taken_from;
  return [
    ...(to_session === expected ? [] : [`to_session was changed; expected ${JSON.stringify(expected)}`]),
    ...(taken === undefined || taken === before.to_session || before.to_session === null
      ? []
      : [`taken from ${taken}; expected from ${before.to_session}, whom it was with`]),
  ];
}

function keepsHistory(known: Collaboration["history"], { history }: Collaboration): boolean {
  return JSON.stringify(history.slice(0, known.length)) === JSON.stringify(known);
}

/** Each new step is by who may take it, and by who committed it. */
function wrongActors(after: Collaboration, known: number, { sessions }: Actors): string[] {
  return after.history.slice(known).flatMap((step, index) => {
    const { status, session } = step;
    const wrong = wrongTaker(after, known + index, step) ?? wrongBot(step);
    if (wrong !== undefined) return [wrong];
    return sessions.has(session)
      ? []
      : [`${status} in the name of ${session}; expected to be committed by ${session}`];
  });
}

/** Only the bot lets a request expire. */
function wrongBot({ status, session }: HistoryStep): string | undefined {
  const isBots = STEPS.get(status)?.by === "bot";
  return isBots && session !== BOT ? `${status} by ${session}; expected by ${BOT}` : undefined;
}

/** What is no move (a link, an estimate) may be added by either party; another's step changes nothing beside. */
function wrongToucher(before: Collaboration, after: Collaboration, { sessions }: Actors): string[] {
  const { from_session, to_session } = before;
  if ([from_session, to_session, BOT].some((party) => party !== null && sessions.has(party))) return [];
  const isNew = (step: HistoryStep, index: number) =>
    index >= before.history.length && sessions.has(step.session);
  if (after.history.some(isNew) && isSameButFor(OF_THE_MOVE, before, after)) return [];
  return [`neither ${from_session} nor ${to_session ?? "anybody who has it"}, whose request it is`];
}

function isSameButFor(keys: readonly string[], before: Collaboration, after: Collaboration): boolean {
  const rest = (value: Collaboration) =>
    JSON.stringify(Object.entries(value).filter(([key]) => !keys.includes(key)));
  return rest(before) === rest(after);
}
