import type { Collaboration, CollaborationStatus, HistoryStep } from "../requests/collaboration.ts";
import { holderBefore, isHeld } from "../requests/holder.ts";
import { MOVES, type Move } from "../requests/moves.ts";
import type { SessionId } from "../values/ids.ts";

/** Who takes a request to a status. */
type Party = "from_session" | "to_session" | "bot";

interface StepRule {
  readonly before: ReadonlySet<CollaborationStatus | undefined>;
  readonly by: Party;
}

/** How each status is reached, made of the moves themselves; only the bot lets a request expire. */
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

/** Why the step at an index of the history is not one that the rules allow; undefined where it is. */
export function wrongStep(request: Collaboration, index: number): string | undefined {
  const step = request.history[index];
  return step && (wrongOrder(request, index, step) ?? wrongTaker(request, index, step));
}

function wrongOrder({ history }: Collaboration, index: number, step: HistoryStep): string | undefined {
  const before = history[index - 1]?.status;
  if (isRightOrder(before, step)) return undefined;
  return `${step.status} cannot follow ${before ?? "nothing"}; expected ${nextOf(before)}`;
}

/** Declined for one alone and taken over, a request stays where it stands; all else moves it on. */
function isRightOrder(
  before: CollaborationStatus | undefined,
  { status, declined, taken_from }: HistoryStep,
): boolean {
  if (declined) return before === "pending" && status === before;
  if (taken_from !== undefined) return isHeld(before) && status === before;
  return STEPS.get(status)?.before.has(before) === true;
}

/** Why a step of the history is not that of whom it names, as far as the record itself can tell. */
export function wrongTaker(request: Collaboration, index: number, step: HistoryStep): string | undefined {
  const { status, session, declined } = step;
  const by = declined ? "to_session" : STEPS.get(status)?.by;
  const holder = holderBefore(request, index);
  if (step.taken_from !== undefined) return wrongSuccessor(request, step, holder);
  if (by === "to_session" && holder === null) return wrongVolunteer(request, step);
  const party = { from_session: request.from_session, to_session: holder, bot: undefined }[by ?? "bot"];
  if (declined) return `${status} by ${session}; expected declined, for ${holder} has it`;
  if (party === undefined || party === session) return undefined;
  return `${status} by ${session}; expected by ${party}`;
}

/** Whoever takes a request over takes it from whom it was with, and is not who asked for it. */
function wrongSuccessor({ from_session }: Collaboration, step: HistoryStep, holder: SessionId | null) {
  const { session, taken_from } = step;
  if (taken_from !== holder) return `taken from ${taken_from}; expected from ${holder ?? "nobody"}`;
  const who = { [from_session]: "who asked", [String(holder)]: "who had it" }[session];
  return who === undefined ? undefined : `taken over by ${session}, ${who}; expected by another`;
}

/** Of an open request: anybody but who asked may accept it, or decline it for itself alone. */
function wrongVolunteer({ from_session }: Collaboration, { status, session, declined }: HistoryStep) {
  if (session === from_session) return `${status} by ${session}, who asked; expected by another`;
  if (status === "accepted" || declined) return undefined;
  return `${status} by ${session}; expected it to be accepted first`;
}

function nextOf(before: CollaborationStatus | undefined): string {
  const next = [...STEPS].filter(([, { before: allowed }]) => allowed.has(before)).map(([status]) => status);
  return next.join(" or ") || "nothing more";
}
