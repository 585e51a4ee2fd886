import fc from "fast-check";
import type { Verb } from "./act.ts";
import { maybe, mostlyFit, mostlyRight } from "./draw.ts";
import { isLate, type Model, type ModelRequest, type Who } from "./model.ts";
import { takeHandover } from "./verbs-handovers.ts";

/** From which statuses a move may be made, and where it leads; `cancel` by whoever asked, all others by whom it is with. */
const MOVES = {
  accept: { from: ["pending"], to: "accepted" },
  start: { from: ["accepted"], to: "in_progress" },
  complete: { from: ["accepted", "in_progress"], to: "completed" },
  decline: { from: ["pending"], to: "declined" },
  cancel: { from: ["pending", "accepted", "in_progress"], to: "cancelled" },
} as const;
type ModelMove = keyof typeof MOVES;

function moveVerb(
  move: ModelMove,
): Verb<{ who: Who | "right"; which: number | "fit"; evidence: string | undefined }> {
  const { from, to } = MOVES[move];
  const evidence =
    move === "complete" ? maybe(fc.constant("https://example.org/pull/1")) : fc.constant(undefined);
  return {
    kind: move,
    args: fc.record({ who: mostlyRight, which: mostlyFit, evidence }),
    attempt: (model, { who, which, evidence }) => {
      const request = model.request(which, from);
      const right = move === "cancel" ? request?.from : (request?.to ?? model.another(request?.from));
      const session = who === "right" ? (right ?? "session-2") : who;
      return { session, input: { request: request?.id ?? "collab-none", ...(evidence ? { evidence } : {}) } };
    },
    judge(model, { which, evidence }, who) {
      const request = model.request(which, from);
      if (request === undefined) return "unknown_request";
      const refused = whyNot(request, move, who) ?? whyNotNow(model, request, move);
      if (refused !== undefined) return refused;
      if (move === "accept" && request.carries !== undefined) return takeHandover(model, request, who);
      if (move !== "decline" || request.to !== undefined)
        return () =>
          Object.assign(request, { status: to, moved: model.now, evidence, ...taker(request, move, who) });
      if (request.declinedBy.has(who)) return "already_declined";
      return () => Object.assign(request, { moved: model.now, declinedBy: request.declinedBy.add(who) });
    },
  };
}

/** An open request is that of whoever accepts it first. */
function taker({ to }: ModelRequest, move: ModelMove, who: Who): { to?: Who } {
  return move === "accept" ? { to: to ?? who } : {};
}

function whyNotNow(model: Model, request: ModelRequest, move: ModelMove): string | undefined {
  if (!(MOVES[move].from as readonly string[]).includes(request.status)) return "illegal_move";
  return move === "accept" && isLate(model, request) ? "overdue" : undefined;
}

function whyNot(
  { from, to, open, changedHands }: ModelRequest,
  move: ModelMove,
  who: Who,
): string | undefined {
  if (move === "cancel") return who === from ? undefined : "wrong_party";
  if (to === undefined) return who === from ? "wrong_party" : undefined;
  if (who === to) return undefined;
  return (open || changedHands) && who !== from ? "already_taken" : "wrong_party";
}

export const MOVE_VERBS = (Object.keys(MOVES) as ModelMove[]).map(
  moveVerb,
) as unknown as readonly Verb<unknown>[];
