import type { Metrics } from "../../domain/metrics/metrics.ts";
import type { By, Share } from "../../domain/metrics/metrics-by.ts";
import type { Spread } from "../../domain/metrics/spread.ts";
import { isoWeek, lastWeeks } from "../../domain/metrics/weeks.ts";
import { count } from "../../domain/values/count.ts";
import { firstLine } from "../../domain/values/visible.ts";
import type { Column, Page, Table } from "./table.ts";
import type { Times } from "./times.ts";

const BAR_WIDTH = 24;
const WEEKS: readonly Column[] = [
  { head: "Week", giveWay: 0 },
  { head: "made", giveWay: 1, isNumber: true },
  { head: "completed", giveWay: 2, isNumber: true },
  { head: "half accepted within", giveWay: 4 },
  { head: "", giveWay: 3 },
];
const MAX_LOAD_ROWS = 4;
const SHOWN_WEEKS = 6;

/** Renders all figures on one screen, some as bars. */
export function renderMetrics(figures: Metrics, times: Times): Page {
  const { sessions, collaborations, since } = figures;
  const { registered, active, idle, paused, offline } = sessions;
  const made = `${collaborations.total} made${since === null ? "" : ` since ${since}`}, ${collaborations.open} open`;
  return [
    `Sessions    ${registered} registered: ${active} active, ${idle} idle, ${paused > 0 ? `${paused} paused, ` : ""}${offline} offline`,
    `Requests    ${made}`,
    barsOf(Object.entries(collaborations.by_status).map(([status, n]) => [status.replaceAll("_", " "), n])),
    ...renderTimes(collaborations, times),
    ...renderRest(figures),
    ...renderLoad(figures),
    ...renderWeeks(figures, times),
  ];
}

/** Rows with a number and a bar. The head is left out: what they are is in the line above. */
function barsOf(rows: readonly (readonly [name: string, number: number])[]): Table {
  const longest = Math.max(0, ...rows.map(([, number]) => number));
  return {
    columns: [
      { head: "", giveWay: 0 },
      { head: "", giveWay: 1, isNumber: true },
      { head: "", giveWay: 2 },
    ],
    rows: rows.map(([name, number]) => [`  ${name}`, String(number), bar(number, longest, BAR_WIDTH)]),
  };
}

function renderTimes(
  {
    response_seconds,
    accept_seconds,
    complete_seconds,
    completion_rate,
    unanswered,
    overdue,
    by_status,
  }: Metrics["collaborations"],
  times: Times,
): string[] {
  const ended = by_status.completed + by_status.declined + by_status.cancelled + by_status.expired;
  const rate =
    completion_rate === null
      ? "none has ended"
      : `${Math.round(completion_rate * 100)} % of ${ended} that ended`;
  const oldest =
    unanswered.oldest_seconds === null ? "" : `, the oldest for ${times.span(unanswered.oldest_seconds)}`;
  return [
    `Answered    ${renderSpread(response_seconds, times)}`,
    `Accepted    ${renderSpread(accept_seconds, times)}`,
    `Completed   ${renderSpread(complete_seconds, times)}; ${rate}`,
    `Unanswered  ${unanswered.count} now${oldest}${overdue > 0 ? `, ${overdue} overdue` : ""}`,
  ];
}

function renderSpread({ count: number, p50, p90 }: Spread, times: Times): string {
  if (p50 === null || p90 === null) return "never yet";
  return `${number}, half within ${times.span(p50)}, 90 % within ${times.span(p90)}`;
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

function renderLoad({ load, unassigned }: Metrics): (string | Table)[] {
  if (load.length === 0 && unassigned === 0) return [];
  const rest = load.slice(MAX_LOAD_ROWS);
  const others = rest.reduce((sum, { open }) => sum + open, 0);
  const rows = load.slice(0, MAX_LOAD_ROWS).map(({ session, open }) => [session, open] as const);
  const more = rest.length === 0 ? [] : [[`${rest.length} more`, others] as const];
  const open = unassigned === 0 ? [] : [["no session yet", unassigned] as const];
  return ["Open requests by session", barsOf([...rows, ...more, ...open])];
}

function renderWeeks({ weeks, at, since }: Metrics, times: Times): Table[] {
  const known = new Map(weeks.map((week) => [week.week, week]));
  const first = since === null ? "" : isoWeek(since);
  const inTime = lastWeeks(SHOWN_WEEKS, at).filter((week) => week >= first);
  const shown = inTime.map(
    (week) => known.get(week) ?? { week, made: 0, completed: 0, accept_seconds_p50: null },
  );
  const longest = Math.max(0, ...shown.map(({ made }) => made));
  if (longest === 0) return [];
  const rows = shown.map(({ week, made, completed, accept_seconds_p50 }) => [
    week,
    String(made),
    String(completed),
    accept_seconds_p50 === null ? "-" : times.span(accept_seconds_p50),
    bar(made, longest, BAR_WIDTH),
  ]);
  return [{ columns: WEEKS, rows, hasHead: true }];
}

const MAX_SHARE_ROWS = 25;

/** What the rows of skills count: the hub does not keep which skills a session had when it was asked. */
const BY_SKILL =
  "By the skill that a request names, else by each skill that the session asked has now, not when it was asked.";

/** Renders a row for each session or skill; where there are many, those that received most requests. */
export function renderShares(by: By, shares: readonly Share[], times: Times): Page {
  if (shares.length === 0)
    return 'There is no request to count. To make one: hive request <session> "<text>"';
  const shown = shares.slice(0, MAX_SHARE_ROWS);
  const asked = (text: string) => (by === "session" ? [text] : []);
  const age = (seconds: number | null) => (seconds === null ? "-" : times.span(seconds));
  const number = (head: string, giveWay: number) => ({ head, giveWay, isNumber: true });
  const columns = [
    { head: by, giveWay: 0 },
    ...(by === "session" ? [number("asked", 4)] : []),
    number("received", 1),
    number("answered", 3),
    number("completed", 2),
    number("open", 1),
    { head: "half answered in", giveWay: 6 },
    { head: "half completed in", giveWay: 5 },
  ];
  const rows = shown.map((share) => [
    firstLine(share.key, 40),
    ...asked(String(share.asked)),
    String(share.received),
    String(share.answered),
    String(share.completed),
    String(share.open),
    age(share.response_seconds_p50),
    age(share.complete_seconds_p50),
  ]);
  return [
    ...(by === "skill" ? [BY_SKILL] : []),
    { columns, rows, hasHead: true },
    ...(shares.length > shown.length
      ? [`${shares.length - shown.length} more: hive metrics --by ${by} --json`]
      : []),
  ];
}

/** Returns a bar in proportion to the largest value. A value above 0 has at least one block. */
function bar(value: number, longest: number, width: number): string {
  if (value <= 0 || longest <= 0) return "";
  return "█".repeat(Math.max(1, Math.round((value / longest) * width)));
}
