import type { Dashboard } from "../../../domain/dashboard/dashboard.ts";
import { command } from "../command.ts";
import { type Child, h } from "../dom.ts";
import { nothing, type Section } from "../section.ts";
import { longTable, more } from "../table.ts";
import type { View } from "../view.ts";

type Row = Dashboard["unanswered"][number];

const COLUMNS = [
  { head: "Asked", kind: "wide" },
  { head: "Waits", kind: "name" },
  { head: "For", kind: "name" },
  { head: "Since" },
  { head: "Why", kind: "wide" },
  { head: "Run", kind: "action" },
] as const;

/** What waits for a person, then what waits for a session that is there. */
export function unanswered(view: View): Section {
  const stuck = view.state.unanswered.filter((row) => row.stuck !== null);
  const others = view.state.unanswered.filter((row) => row.stuck === null);
  return {
    id: "unanswered",
    title: "Waits for a person",
    note: String(stuck.length),
    children: [
      stuck.length === 0
        ? nothing("Nothing: a session is there for every open question and request.")
        : tableOf("Questions to a person, and what no session is about to answer", stuck, view),
      others.length === 0
        ? null
        : more(`${others.length} more without an answer, each with a session that is there`, () =>
            tableOf("Questions and requests that wait for a session that is there", others, view),
          ),
    ],
  };
}

function tableOf(caption: string, rows: readonly Row[], view: View): Child {
  return longTable(
    caption,
    COLUMNS,
    rows.map((row) => [
      [
        urgencyOf(row.urgency),
        h("span", { class: "text" }, row.text || row.id),
        ...(row.options ?? []).map((option, index) => h("small", {}, `${index + 1}. ${option}`)),
        h("small", {}, row.id),
      ],
      view.who(row.from),
      view.who(row.to),
      view.times.ago(row.since),
      [row.stuck ?? row.seen ?? "not answered yet"],
      command(row.next),
    ]),
  );
}

/** A word for a request that is not of the ordinary kind. */
export function urgencyOf(urgency: Row["urgency"]): HTMLElement | null {
  return urgency === "normal" ? null : h("b", { class: `tag ${urgency}` }, urgency);
}
