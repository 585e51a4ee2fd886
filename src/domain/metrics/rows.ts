import type { Metrics } from "./metrics.ts";
import type { By, Share } from "./metrics-by.ts";
import type { Spread } from "./spread.ts";

/** One figure: its name, its session, status or week if there are several, and its value. */
export type MetricRow = readonly [metric: string, key: string, value: number | null];

/** All figures, each in its own row, so that a spreadsheet can filter and pivot them. Durations are in seconds. */
export function metricRows({ sessions, collaborations, handovers, refused, ...rest }: Metrics): MetricRow[] {
  return [
    ...rows("sessions", sessions),
    ["requests", "total", collaborations.total],
    ["requests", "open", collaborations.open],
    ["requests", "unassigned", rest.unassigned],
    ["requests", "overdue", collaborations.overdue],
    ...rows("requests_by_status", collaborations.by_status),
    ...spreadRows("response_seconds", collaborations.response_seconds),
    ...spreadRows("accept_seconds", collaborations.accept_seconds),
    ...spreadRows("complete_seconds", collaborations.complete_seconds),
    ["completion_rate", "", collaborations.completion_rate],
    ...rows("unanswered", collaborations.unanswered),
    ["left_out", "", collaborations.left_out],
    ...rows("handovers", handovers),
    ...rows("refused", refused.by_kind),
    ...rest.load.map(({ session, open }): MetricRow => ["open_requests", session, open]),
    ...rest.weeks.flatMap(({ week, ...figures }) =>
      Object.entries(figures).map(([figure, value]): MetricRow => [`week_${figure}`, week, value]),
    ),
  ];
}

/** The figures of each session or skill as rows, such as `session_received,session-1,4`. */
export function shareRows(by: By, shares: readonly Share[]): MetricRow[] {
  return shares.flatMap(({ key, asked, ...figures }) => [
    ...(asked === null ? [] : [[`${by}_asked`, key, asked] as const]),
    ...Object.entries(figures).map(([figure, value]): MetricRow => [`${by}_${figure}`, key, value]),
  ]);
}

function rows(metric: string, figures: Readonly<Record<string, number | null>>): MetricRow[] {
  return Object.entries(figures).map(([key, value]) => [metric, key, value]);
}

function spreadRows(metric: string, { count, p50, p90 }: Spread): MetricRow[] {
  return rows(metric, { count, p50, p90 });
}
