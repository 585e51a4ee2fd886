import { command } from "../command.ts";
import { h } from "../dom.ts";
import { nothing, type Section } from "../section.ts";
import { longTable } from "../table.ts";
import type { View } from "../view.ts";

const COLUMNS = [
  { head: "Session", kind: "name" },
  { head: "Last alive" },
  { head: "Holds", kind: "wide" },
  { head: "Run", kind: "action" },
] as const;

/** Who is silent while others wait for what it holds. */
export function silent(view: View): Section {
  const { silent: holders } = view.state;
  const rows = holders.map(({ id, last_heartbeat, work, claims, requests, next }) => [
    [view.who(id), work === "" ? null : h("small", {}, work)],
    view.times.ago(last_heartbeat),
    h(
      "ul",
      { class: "plain" },
      ...requests.map(({ id: request, from, text }) =>
        h("li", {}, "request of ", view.who(from), `: ${text || request}`),
      ),
      ...claims.map(({ key, until }) =>
        h("li", {}, "claim ", h("code", {}, key), ", ", view.times.left(until)),
      ),
    ),
    command(next),
  ]);
  return {
    id: "silent",
    title: "Silent, and holds something",
    note: String(holders.length),
    isHalf: true,
    children: [
      holders.length === 0
        ? nothing("Nobody: every session that holds something is alive.")
        : longTable("Silent sessions that hold claims or requests", COLUMNS, rows),
    ],
  };
}
