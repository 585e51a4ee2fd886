import type { Dashboard } from "../../../domain/dashboard/dashboard.ts";
import { bars, columns } from "../charts.ts";
import { command } from "../command.ts";
import { type Child, h } from "../dom.ts";
import type { Section } from "../section.ts";
import { span } from "../times.ts";
import type { View } from "../view.ts";

type Figures = Dashboard["metrics"];

/** How many sessions the chart of the load has. */
const MAX_LOADED = 8;

/** How fast requests are answered, and how many are made and completed. */
export function metrics({ state }: View): Section {
  const { collaborations, handovers, refused } = state.metrics;
  const { completion_rate: rate, response_seconds, accept_seconds, complete_seconds } = collaborations;
  const figures: [string, string][] = [
    ["Requests", `${collaborations.total}, ${collaborations.open} open`],
    ["Completed of those that ended", rate === null ? "–" : `${Math.round(rate * 100)} %`],
    ["Answered within", spread(response_seconds)],
    ["Accepted within", spread(accept_seconds)],
    ["Completed within", spread(complete_seconds)],
    ["Handovers", `${handovers.made}, ${handovers.open} open`],
    ["Refused by the rules", String(refused.total)],
  ];
  return {
    id: "metrics",
    title: "Metrics",
    note: "half within, 90 % within",
    isHalf: true,
    children: [
      h(
        "dl",
        { class: "figures" },
        ...figures.map(([name, value]) => h("div", {}, h("dt", {}, name), h("dd", {}, value))),
      ),
      collaborations.total === 0 ? null : charts(state.metrics),
      command("hive metrics --since 30d"),
    ],
  };
}

function charts({ weeks, load }: Figures): Child[] {
  const names = weeks.map(({ week }) => week);
  const times = weeks.map(({ accept_seconds_p50 }) => accept_seconds_p50 ?? 0);
  return [
    columns("Requests made and completed, by week", names, [
      { name: "made", kind: "first", values: weeks.map(({ made }) => made) },
      { name: "completed", kind: "second", values: weeks.map(({ completed }) => completed) },
    ]),
    columns(
      "Median time until a request was accepted, by week",
      names,
      [{ name: "accepted within", kind: "first", values: times }],
      span,
    ),
    load.length === 0
      ? null
      : bars(
          "Open requests by session",
          load.slice(0, MAX_LOADED).map(({ session, open }) => [session, open]),
        ),
  ];
}

/** `5m, 1h`. */
function spread({ count, p50, p90 }: Figures["collaborations"]["response_seconds"]): string {
  return count === 0 ? "–" : `${span(p50)}, ${span(p90)}`;
}
