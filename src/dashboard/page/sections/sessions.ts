import type { Dashboard } from "../../../domain/dashboard/dashboard.ts";
import { command } from "../command.ts";
import { type Child, h } from "../dom.ts";
import { nothing, type Section } from "../section.ts";
import { longTable, more } from "../table.ts";
import { presenceOf, type View } from "../view.ts";

type Row = Dashboard["sessions"][number];

const COLUMNS = [
  { head: "Session", kind: "name" },
  { head: "Presence" },
  { head: "Work", kind: "wide" },
  { head: "Project" },
  { head: "State" },
  { head: "Run", kind: "action" },
] as const;

/** Who is there and on what. Those that are gone and hold nothing are closed away. */
export function sessions(view: View): Section {
  const { sessions: all, summary } = view.state;
  const used = all.filter(({ unused }) => !unused);
  const isGone = ({ presence, holds }: Row) => presence === "offline" && holds.claims + holds.requests === 0;
  const [there, gone] = [used.filter((each) => !isGone(each)), used.filter(isGone)];
  const unused = all.length - used.length;
  return {
    id: "sessions",
    title: "Sessions",
    note: `${summary.total - summary.offline} of ${summary.total} there, ${summary.working} working`,
    children: [
      all.length === 0
        ? [nothing("No session is registered yet. "), command("hive register <session>")]
        : null,
      there.length === 0 ? null : tableOf("Sessions that are there or hold something", there, view),
      gone.length === 0
        ? null
        : more(`${gone.length} offline`, () => tableOf("Offline sessions", gone, view)),
      unused === 0 ? null : nothing(`Not listed: ${unused} that started and ended, and did nothing.`),
    ],
  };
}

function tableOf(caption: string, rows: readonly Row[], view: View): Child {
  return longTable(
    caption,
    COLUMNS,
    rows.map((row) => [
      [view.who(row.id), row.role === "" ? null : h("small", {}, row.role)],
      [
        h("span", { class: `word ${presenceOf(row)}` }, presenceOf(row)),
        " ",
        view.times.ago(row.last_heartbeat),
      ],
      row.work || "–",
      row.projects.join(", ") || "–",
      stateOf(row),
      command(`hive request ${row.id} "<what you need>"`),
    ]),
  );
}

/** `active`, `paused until 17:00 UTC`, and what it holds. */
function stateOf({ status, away, holds }: Row): string {
  const held = [
    ...(holds.claims > 0 ? [`${holds.claims} claim${holds.claims === 1 ? "" : "s"}`] : []),
    ...(holds.requests > 0 ? [`${holds.requests} request${holds.requests === 1 ? "" : "s"}`] : []),
  ];
  return [away ?? status, ...(held.length > 0 ? [`holds ${held.join(" and ")}`] : [])].join(", ");
}
