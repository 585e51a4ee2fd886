import type { Collaboration, HistoryStep } from "../requests/collaboration.ts";
import { holderAfter } from "../requests/holder.ts";
import { isOpen } from "../requests/moves.ts";
import { BOT } from "../values/session-id.ts";
import { type Actors, actorsOf, type Changed, type HubCommit, isRepair, nameOf } from "./commits.ts";
import type { HubFault } from "./hub-files.ts";
import { STEPS, wrongActor } from "./steps.ts";

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
/** The fields that a step changes. A session that was not a party before may change only these. */
const STEP_FIELDS = ["history", "status", "updated_at", "to_session"];

/**
 * Finds changes of requests by the wrong party, rewritten histories and changed facts. Each move must add its steps
 * at the end.
 */
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
    return mayRemove(before, actors)
      ? []
      : [
          "the request was removed; only git-hive may remove it, after it has ended, by moving it to ARCHIVE/",
        ];
  // An unreadable file has findings of its own.
  if (!after) return [];
  const known = before?.history ?? [];
  return [
    ...(before ? [...changedFacts(before, after), ...changedHolder(before, after)] : []),
    ...wrongEvidence(before, after),
    ...(keepsHistory(known, after) ? [] : ["the history was rewritten; expected only new steps at its end"]),
    ...wrongActors(after, known.length, actors),
    ...wrongParty(before ?? after, after, actors),
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

/** Finds evidence that changed without a completed step. */
function wrongEvidence(before: Collaboration | undefined, after: Collaboration): string[] {
  const steps = after.history.slice(before?.history.length ?? 0);
  const isDone = steps.some(({ status }) => status === "completed");
  return isDone || before?.evidence === after.evidence
    ? []
    : ["evidence was changed; expected only together with completed"];
}

/** Finds holder changes without a step: the first acceptance of an open request, or a takeover from its holder. */
function changedHolder(before: Collaboration, { to_session, history }: Collaboration): string[] {
  const steps = history.slice(before.history.length);
  const expected = steps.reduce(holderAfter, before.to_session);
  const taken = steps.find((step) => step.taken_from !== undefined)?.taken_from;
  return [
    ...(to_session === expected ? [] : [`to_session was changed; expected ${JSON.stringify(expected)}`]),
    ...(taken === undefined || taken === before.to_session || before.to_session === null
      ? []
      : [`taken from ${taken}; expected from its holder ${before.to_session}`]),
  ];
}

function keepsHistory(known: Collaboration["history"], { history }: Collaboration): boolean {
  return JSON.stringify(history.slice(0, known.length)) === JSON.stringify(known);
}

/** Finds new steps by a session that may not take them or that did not commit them. */
function wrongActors(after: Collaboration, known: number, { sessions }: Actors): string[] {
  return after.history.slice(known).flatMap((step, index) => {
    const { status, session } = step;
    const wrong = wrongActor(after, known + index, step) ?? wrongBot(step);
    if (wrong !== undefined) return [wrong];
    return sessions.has(session)
      ? []
      : [`${status} in the name of ${session}; expected a commit by ${session}`];
  });
}

/** Finds an expiry by a session, because only the bot expires a request. */
function wrongBot({ status, session }: HistoryStep): string | undefined {
  const isBots = STEPS.get(status)?.by === "bot";
  return isBots && session !== BOT ? `${status} by ${session}; expected by ${BOT}` : undefined;
}

/**
 * Finds changes by a session that is not a party. A party may add other fields, such as a link or an estimate;
 * another session may only take a step.
 */
function wrongParty(before: Collaboration, after: Collaboration, { sessions }: Actors): string[] {
  const { from_session, to_session } = before;
  if ([from_session, to_session, BOT].some((party) => party !== null && sessions.has(party))) return [];
  const isNew = (step: HistoryStep, index: number) =>
    index >= before.history.length && sessions.has(step.session);
  if (after.history.some(isNew) && isSameExcept(STEP_FIELDS, before, after)) return [];
  return [
    `expected a commit by a party of the request: ${[from_session, to_session].filter((party) => party !== null).join(" or ")}`,
  ];
}

function isSameExcept(keys: readonly string[], before: Collaboration, after: Collaboration): boolean {
  const rest = (value: Collaboration) =>
    JSON.stringify(Object.entries(value).filter(([key]) => !keys.includes(key)));
  return rest(before) === rest(after);
}
