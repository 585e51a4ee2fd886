import { command } from "../command.ts";
import { type Child, h } from "../dom.ts";
import { nothing, type Section } from "../section.ts";
import { longTable } from "../table.ts";
import type { View } from "../view.ts";

const COLUMNS = [
  { head: "Skill" },
  { head: "Offered by", kind: "wide" },
  { head: "Done", kind: "number" },
  { head: "Asked for", kind: "number" },
  { head: "Run", kind: "action" },
] as const;

/** What sessions offer and need; what is needed now comes first. */
export function skills(view: View): Section {
  const all = [...view.state.skills].sort((a, b) => b.needs - a.needs);
  const rows = all.map(({ skill, offers, needs, next }) => [
    skill || "(blank)",
    offers.length === 0
      ? h("span", { class: "soon" }, "nobody")
      : offers.flatMap(({ id }, index): Child[] => [index > 0 ? ", " : "", view.who(id)]),
    offers.reduce((sum, { completed }) => sum + completed, 0) || "–",
    needs || "–",
    command(next),
  ]);
  return {
    id: "skills",
    title: "Skills",
    note: String(all.length),
    isHalf: true,
    children: [
      all.length === 0
        ? nothing("No session offers or needs a skill yet.")
        : longTable("Skills that sessions offer and need", COLUMNS, rows),
    ],
  };
}
