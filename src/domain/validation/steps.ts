import type { Collaboration, CollaborationStatus, HistoryStep } from "../requests/collaboration.ts";
import { holderBefore, isHeld } from "../requests/holder.ts";
import { MOVES, type Move } from "../requests/moves.ts";
import type { SessionId } from "../values/ids.ts";

/** The party that takes a request to a status. */
type Party = "from_session" | "to_session" | "bot";

interface StepRule {
  readonly before: ReadonlySet<CollaborationStatus | undefined>;
  readonly by: Party;
}

/** The steps to each status, derived from the moves. Only the bot expires a request. */
export const STEPS: ReadonlyMap<CollaborationStatus, StepRule> = stepsOfMoves();

function stepsOfMoves(): Map<CollaborationStatus, StepRule> {
  const steps = new Map<CollaborationStatus, { before: Set<CollaborationStatus | undefined>; by: Party }>([
    ["pending", { before: new Set([undefined]), by: "from_session" }],
    ["expired", { before: new Set(["pending"]), by: "bot" }],
  ]);
  for (const move of Object.keys(MOVES) as Move[]) {
    for (const start of MOVES[move].from) {
      let before: CollaborationStatus = start;
      for (const status of MOVES[move].through.filter((each) => each !== start)) {
        const step = steps.get(status) ?? { before: new Set(), by: MOVES[move].by };
        steps.set(status, step);
        step.before.add(before);
        before = status;
      }
    }
  }
  return steps;
}

/** The reason why a step of the history breaks the rules; undefined if it does not. */
export function wrongStep(request: Collaboration, index: number): string | undefined {
  const step = request.history[index];
  return step && (wrongOrder(request, index, step) ?? wrongActor(request, index, step));
}

function wrongOrder(request: Collaboration, index: number, step: HistoryStep): string | undefined {
  const { history } = request;
  const before = history[index - 1]?.status;
  if (isRightOrder(before, step) || isEndOfHolder(request, index, step)) return undefined;
  return `${step.status} cannot follow ${before ?? "nothing"}; expected ${nextOf(before)}`;
}

/** Only the retirement of its holder ends a request that was accepted and not completed or cancelled. */
function isEndOfHolder(request: Collaboration, index: number, { status, retired }: HistoryStep): boolean {
  const holder = holderBefore(request, index);
  return (
    status === "expired" &&
    retired !== undefined &&
    retired === holder &&
    isHeld(request.history[index - 1]?.status)
  );
}

/**
 * A request keeps its status if one session declines an open request or a session takes the request over, and is pending
 * again if it leaves its session. Every other step changes the status.
 */
function isRightOrder(
  before: CollaborationStatus | undefined,
  { status, declined, taken_from, returned_from }: HistoryStep,
): boolean {
  if (returned_from !== undefined) return status === "pending" && (before === status || isHeld(before));
  if (declined) return before === "pending" && status === before;
  if (taken_from !== undefined) return isHeld(before) && status === before;
  return STEPS.get(status)?.before.has(before) === true;
}

/** The reason why the session of a step may not take it, as far as the record shows; undefined if it may. */
export function wrongActor(request: Collaboration, index: number, step: HistoryStep): string | undefined {
  const { status, session, declined } = step;
  const by = declined ? "to_session" : STEPS.get(status)?.by;
  const holder = holderBefore(request, index);
  if (step.taken_from !== undefined) return wrongSuccessor(request, step, holder);
  if (step.returned_from !== undefined) return wrongReturn(request, step, holder);
  if (by === "to_session" && holder === null) return wrongVolunteer(request, step);
  const party = { from_session: request.from_session, to_session: holder, bot: undefined }[by ?? "bot"];
  if (declined) return `${status} by ${session}; expected declined, because ${holder} holds it`;
  if (party === undefined || party === session) return undefined;
  return `${status} by ${session}; expected by ${party}`;
}

/** The successor must take the request from its holder, and must not be its requester. */
function wrongSuccessor({ from_session }: Collaboration, step: HistoryStep, holder: SessionId | null) {
  const { session, taken_from } = step;
  if (taken_from !== holder) return `taken from ${taken_from}; expected from ${holder ?? "no session"}`;
  const role = { [from_session]: "the requester", [String(holder)]: "the holder" }[session];
  return role === undefined ? undefined : `taken over by ${session}, ${role}; expected another session`;
}

/** A request leaves the session that has it, by that session or by the requester. */
function wrongReturn({ from_session }: Collaboration, step: HistoryStep, holder: SessionId | null) {
  const { session, returned_from } = step;
  if (returned_from !== holder)
    return `returned from ${returned_from}; expected from ${holder ?? "no session"}`;
  return session === holder || session === from_session
    ? undefined
    : `returned by ${session}; expected by ${holder} or ${from_session}`;
}

/** An open request: any session except the requester may accept it, or decline it for itself. */
function wrongVolunteer({ from_session }: Collaboration, { status, session, declined }: HistoryStep) {
  if (session === from_session) return `${status} by ${session}, the requester; expected another session`;
  if (status === "accepted" || declined) return undefined;
  return `${status} by ${session}; expected accepted first`;
}

function nextOf(before: CollaborationStatus | undefined): string {
  const next = [...STEPS].filter(([, { before: allowed }]) => allowed.has(before)).map(([status]) => status);
  return next.join(" or ") || "nothing more";
}
