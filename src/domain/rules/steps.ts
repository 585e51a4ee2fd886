import type { Collaboration, CollaborationStatus } from "../collaboration.ts";
import { MOVES, type Move } from "../moves.ts";

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
export function wrongStep(
  { history, from_session, to_session }: Collaboration,
  index: number,
): string | undefined {
  const step = history[index];
  if (!step) return undefined;
  const before = history[index - 1]?.status;
  const rule = STEPS.get(step.status);
  if (!rule?.before.has(before))
    return `${step.status} cannot follow ${before ?? "nothing"}; expected ${nextOf(before)}`;
  const party = { from_session, to_session, bot: undefined }[rule.by];
  if (party === undefined || party === step.session) return undefined;
  return `${step.status} by ${step.session}; expected by ${party}`;
}

function nextOf(before: CollaborationStatus | undefined): string {
  const next = [...STEPS].filter(([, { before: allowed }]) => allowed.has(before)).map(([status]) => status);
  return next.join(" or ") || "nothing more";
}
