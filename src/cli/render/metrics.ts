import type { Metrics } from "../../domain/metrics/metrics.ts";
import type { By, Share } from "../../domain/metrics/metrics-by.ts";
import type { Spread } from "../../domain/metrics/spread.ts";
import { isoWeek, lastWeeks } from "../../domain/metrics/weeks.ts";
import { count } from "../../domain/values/count.ts";
import { formatAge } from "../../domain/values/time.ts";
import { firstLine } from "../../domain/values/visible.ts";
import { renderTable } from "./table.ts";

const BAR_WIDTH = 24;
const MAX_LOAD_ROWS = 4;
const SHOWN_WEEKS = 6;

/** Renders all figures on one screen, some as bars. */
export function renderMetrics(figures: Metrics): string {
  const { sessions, collaborations, since } = figures;
  const { registered, active, idle, paused, offline } = sessions;
  const made = `${collaborations.total} made${since === null ? "" : ` since ${since}`}, ${collaborations.open} open`;
  return [
    `Sessions    ${registered} registered: ${active} active, ${idle} idle, ${paused > 0 ? `${paused} paused, ` : ""}${offline} offline`,
    `Requests    ${made}`,
    ...renderBars(
      Object.entries(collaborations.by_status).map(([status, n]) => [status.replaceAll("_", " "), n]),
    ),
    ...renderTimes(collaborations),
    ...renderRest(figures),
    ...renderLoad(figures),
    ...renderWeeks(figures),
  ].join("\n");
}

function renderBars(rows: readonly (readonly [name: string, number: number])[]): string[] {
  const longest = Math.max(0, ...rows.map(([, number]) => number));
  return renderTable(
    rows.map(([name, number]) => [`  ${name}`, String(number).padStart(6), bar(number, longest, BAR_WIDTH)]),
  );
}

function renderTimes({
  response_seconds,
  accept_seconds,
  complete_seconds,
  completion_rate,
  unanswered,
  overdue,
  by_status,
}: Metrics["collaborations"]): string[] {
  const ended = by_status.completed + by_status.declined + by_status.cancelled + by_status.expired;
  const rate =
    completion_rate === null
      ? "none has ended"
      : `${Math.round(completion_rate * 100)} % of ${ended} that ended`;
  const oldest =
    unanswered.oldest_seconds === null ? "" : `, the oldest for ${formatAge(unanswered.oldest_seconds)}`;
  return [
    `Answered    ${renderSpread(response_seconds)}`,
    `Accepted    ${renderSpread(accept_seconds)}`,
    `Completed   ${renderSpread(complete_seconds)}; ${rate}`,
    `Unanswered  ${unanswered.count} now${oldest}${overdue > 0 ? `, ${overdue} overdue` : ""}`,
  ];
}

function renderSpread({ count: number, p50, p90 }: Spread): string {
  if (p50 === null || p90 === null) return "never yet";
  return `${number}, half within ${formatAge(p50)}, 90 % within ${formatAge(p90)}`;
}

function renderRest({ handovers, refused, collaborations: { left_out } }: Metrics): string[] {
  const kinds = Object.entries(refused.by_kind).map(([kind, number]) => `${number} ${kind}`);
  const known = refused.whole_history ? "" : " in this host's part of the history";
  return [
    ...(handovers.made > 0 ? [`Handovers   ${handovers.made} made, ${handovers.resumed} resumed`] : []),
    ...(refused.total > 0
      ? [`Refused     ${kinds.join(", ")}; recorded${known}; most refusals are not recorded`]
      : []),
    ...(left_out > 0 ? [`Left out    ${count(left_out, "impossible instant")}`] : []),
  ];
}

function renderLoad({ load, unassigned }: Metrics): string[] {
  if (load.length === 0 && unassigned === 0) return [];
  const rest = load.slice(MAX_LOAD_ROWS);
  const others = rest.reduce((sum, { open }) => sum + open, 0);
  const rows = load.slice(0, MAX_LOAD_ROWS).map(({ session, open }) => [session, open] as const);
  const more = rest.length === 0 ? [] : [[`${rest.length} more`, others] as const];
  const open = unassigned === 0 ? [] : [["no session yet", unassigned] as const];
  return ["Open requests by session", ...renderBars([...rows, ...more, ...open])];
}

function renderWeeks({ weeks, at, since }: Metrics): string[] {
  const known = new Map(weeks.map((week) => [week.week, week]));
  const first = since === null ? "" : isoWeek(since);
  const inTime = lastWeeks(SHOWN_WEEKS, at).filter((week) => week >= first);
  const shown = inTime.map(
    (week) => known.get(week) ?? { week, made: 0, completed: 0, accept_seconds_p50: null },
  );
  const longest = Math.max(0, ...shown.map(({ made }) => made));
  if (longest === 0) return [];
  return renderTable([
    ["Week", "made", "completed", "half accepted within", ""],
    ...shown.map(({ week, made, completed, accept_seconds_p50 }) => [
      week,
      String(made).padStart(4),
      String(completed).padStart(9),
      accept_seconds_p50 === null ? "-" : formatAge(accept_seconds_p50),
      bar(made, longest, BAR_WIDTH),
    ]),
  ]);
}

const MAX_SHARE_ROWS = 25;

/** Renders a row for each session or skill; where there are many, those that received most requests. */
export function renderShares(by: By, shares: readonly Share[]): string {
  if (shares.length === 0) return "Nothing yet.";
  const shown = shares.slice(0, MAX_SHARE_ROWS);
  const asked = (text: string) => (by === "session" ? [text] : []);
  const age = (seconds: number | null) => (seconds === null ? "-" : formatAge(seconds));
  return [
    ...renderTable([
      [
        by,
        ...asked("asked"),
        "received",
        "answered",
        "completed",
        "open",
        "half answered in",
        "half completed in",
      ],
      ...shown.map((share) => [
        firstLine(share.key, 40),
        ...asked(String(share.asked)),
        String(share.received),
        String(share.answered),
        String(share.completed),
        String(share.open),
        age(share.response_seconds_p50),
        age(share.complete_seconds_p50),
      ]),
    ]),
    ...(shares.length > shown.length
      ? [`${shares.length - shown.length} more: hive metrics --by ${by} --json`]
      : []),
  ].join("\n");
}

/** Returns a bar in proportion to the largest value. A value above 0 has at least one block. */
function bar(value: number, longest: number, width: number): string {
  if (value <= 0 || longest <= 0) return "";
  return "█".repeat(Math.max(1, Math.round((value / longest) * width)));
}
