import { command } from "../command.ts";
import { h } from "../dom.ts";
import { nothing, type Section } from "../section.ts";
import { longTable } from "../table.ts";
import type { View } from "../view.ts";

const COLUMNS = [
  { head: "One holds", kind: "wide" },
  { head: "The other holds", kind: "wide" },
  { head: "Run", kind: "action" },
] as const;

/** Claims of two sessions that overlap. */
export function overlaps(view: View): Section {
  const found = view.state.overlaps;
  const rows = found.map(({ claims, next }) => [
    ...claims.map(({ session, target }) => [view.who(session), " ", h("code", {}, target)]),
    command(next),
  ]);
  return {
    id: "overlaps",
    title: "Overlapping claims",
    note: String(found.length),
    isHalf: true,
    children: [
      found.length === 0
        ? nothing("None: no two sessions hold the same file or key.")
        : longTable("Claims of two sessions that overlap", COLUMNS, rows),
    ],
  };
}
