import { groupBy } from "../../src/domain/values/group-by.ts";
import type { Call } from "./call.ts";
import { type ChaosFinding, describe, type PlacedCall } from "./finding.ts";

/** The history's order: no client's calls are swapped, and what had landed stands before what was made later. */
export function checkOrder(calls: readonly Call[], history: readonly PlacedCall[]): ChaosFinding[] {
  return [...swapped(history), ...outOfTime(calls, history)];
}

function swapped(history: readonly PlacedCall[]): ChaosFinding[] {
  const clients = groupBy(history, ({ call }) => call.client);
  return [...clients.values()].flatMap((own) =>
    own.flatMap(({ call }, index) => {
      const before = own[index - 1]?.call;
      const isSwapped = before !== undefined && before.began > call.began;
      return isSwapped
        ? [{ rule: "order", detail: `${describe(before)} stands before ${describe(call)}` }]
        : [];
    }),
  );
}

/** Whoever was told "landed" may tell others, and what those do then comes later in the history. */
function outOfTime(calls: readonly Call[], history: readonly PlacedCall[]): ChaosFinding[] {
  const reach = landedReach(calls, history);
  return history.flatMap(({ call, position }) => {
    const last = reach(call.began);
    const detail = `${describe(call)} stands before what had landed when it began`;
    return last > position ? [{ rule: "real time", detail }] : [];
  });
}

/** How far the history certainly went at a moment: the last position of those that were told by then; -1 for none. */
export function landedReach(
  calls: readonly Call[],
  history: readonly PlacedCall[],
): (moment: number) => number {
  const position = new Map(history.map((step) => [step.call, step.position]));
  let most = -1;
  const told = calls
    .filter((call) => call.outcome === "landed" && position.has(call))
    .sort((a, b) => a.ended - b.ended)
    .map((call) => {
      most = Math.max(most, position.get(call) ?? -1);
      return { ended: call.ended, most };
    });
  return (moment) => told.findLast(({ ended }) => ended < moment)?.most ?? -1;
}
