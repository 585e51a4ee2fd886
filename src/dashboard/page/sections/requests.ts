import type { Dashboard } from "../../../domain/dashboard/dashboard.ts";
import { command } from "../command.ts";
import { type Child, h } from "../dom.ts";
import { nothing, type Section } from "../section.ts";
import { longTable, more } from "../table.ts";
import type { View } from "../view.ts";
import { urgencyOf } from "./unanswered.ts";

type Row = Dashboard["requests"][number];

const COLUMNS = [
  { head: "Request", kind: "wide" },
  { head: "State" },
  { head: "Since" },
  { head: "From", kind: "name" },
  { head: "To", kind: "name" },
  { head: "Run", kind: "action" },
] as const;

const OPEN = new Set(["pending", "accepted", "in_progress"]);

/** Requests by state, and in each state the oldest first. */
export function requests(view: View): Section {
  const all = view.state.requests;
  const [open, ended] = [
    all.filter(({ status }) => OPEN.has(status)),
    all.filter(({ status }) => !OPEN.has(status)),
  ];
  return {
    id: "requests",
    title: "Requests",
    note: `${open.length} open`,
    children: [
      open.length === 0 ? nothing("No request is open.") : tableOf("Open requests", open, view),
      ended.length === 0
        ? null
        : more(`${ended.length} that ended last`, () => tableOf("Requests that ended", ended, view)),
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
        h("small", {}, row.id, row.evidence === null ? null : `, evidence: ${row.evidence}`),
      ],
      [
        h("span", { class: `word ${row.status}` }, row.status.replaceAll("_", " ")),
        row.limit === null ? null : h("small", {}, row.limit),
      ],
      view.times.ago(row.since),
      view.who(row.from),
      view.who(row.to),
      command(row.next),
    ]),
  );
}
