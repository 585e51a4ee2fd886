import { groupBy } from "../../src/domain/values/group-by.ts";
import { type Call, MOVES, type MoveName, type ShownRequest } from "./call.ts";
import { landedReach } from "./check-order.ts";
import { type ChaosFinding, describe, type PlacedCall } from "./finding.ts";
import { Fold, refusalOf } from "./fold.ts";

type MoveCall = Call & { readonly input: Extract<Call["input"], { kind: MoveName }> };

/** Every decision that somebody was told is the one that the history gives, and each request has one winner. */
export function checkDecisions(calls: readonly Call[], history: readonly PlacedCall[]): ChaosFinding[] {
  const fold = new Fold();
  const illegal = history.flatMap((step) => {
    const result = fold.apply(step);
    if (typeof result === "string")
      return [{ rule: "illegal", detail: `${describe(step.call)} is in the history, but ${result}` }];
    return contradiction(step.call, result);
  });
  return [...illegal, ...twoWinners(calls), ...unjust(calls, history, fold)];
}

/** What a landed call was shown, against the request as the fold has it at that place. */
function contradiction(call: Call, expected: ShownRequest | undefined): ChaosFinding[] {
  if (call.outcome !== "landed" || expected === undefined) return [];
  const [told, held] = [call.collaboration, expected].map((each) => each && digest(each));
  return told === held
    ? []
    : [{ rule: "other result", detail: `${describe(call)} heard ${told}, not ${held}` }];
}

/** All that the checker holds against each other of a request, as one text. */
export function digest({
  request_id,
  from_session,
  to_session,
  request,
  status,
  history,
}: ShownRequest): string {
  const path = history.map((step) => [step.status, step.session, step.at]);
  return JSON.stringify([request_id, from_session, to_session, request, status, path]);
}

function twoWinners(calls: readonly Call[]): ChaosFinding[] {
  const accepted = calls.filter(
    (call): call is MoveCall => call.input.kind === "accept" && call.outcome === "landed",
  );
  return [...groupBy(accepted, ({ input }) => input.request)]
    .filter(([, winners]) => winners.length > 1)
    .map(([id, winners]) => ({
      rule: "two winners",
      detail: `${id}: ${winners.map(describe).join(" and ")}`,
    }));
}

/** Refusals, and queued moves that never landed, which the history nowhere justifies between call and answer. */
function unjust(calls: readonly Call[], history: readonly PlacedCall[], fold: Fold): ChaosFinding[] {
  const reach = landedReach(calls, history);
  const present = new Set(history.map(({ call }) => call));
  return calls
    .filter(({ outcome }) => outcome === "refused" || outcome === "queued")
    .filter(
      (call) => !present.has(call) && !isJust(call, reach(call.began) + 1, untilOf(call, history), fold),
    )
    .filter((call) => call.outcome === "refused" || isMove(call))
    .map((call) => ({ rule: "unjust refusal", detail: describe(call) }));
}

/** A refusal is decided before it is told, so before any operation made after that; a queued one at any time. */
function untilOf({ outcome, ended }: Call, history: readonly PlacedCall[]): number {
  const later = history.find(({ call }) => call.began > ended);
  return outcome === "refused" && later !== undefined ? later.position : history.length;
}

function isJust(call: Call, from: number, until: number, fold: Fold): boolean {
  if (!isMove(call)) return false;
  const { request, kind } = call.input;
  const states = fold.states.get(request) ?? [];
  const seen = states.filter(({ after }) => after > from && after <= until).map((state) => state.request);
  return [fold.at(request, from), ...seen].some(
    (state) => refusalOf(state, kind, call.session) !== undefined,
  );
}

function isMove(call: Call): call is MoveCall {
  return (MOVES as readonly string[]).includes(call.input.kind);
}
