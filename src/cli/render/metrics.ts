import type { Metrics } from "../../domain/metrics/metrics.ts";
import type { By, Share } from "../../domain/metrics/metrics-by.ts";
import type { Spread } from "../../domain/metrics/spread.ts";
import { lastWeeks } from "../../domain/metrics/weeks.ts";
import { count } from "../../domain/values/count.ts";
import { formatAge } from "../../domain/values/time.ts";
import { firstLine } from "../../domain/values/visible.ts";
import { renderTable } from "./table.ts";

const WIDTH = 24;
const MOST_LOAD = 4;
const WEEKS = 6;

/** All figures on one screen, some of them as bars. */
export function renderMetrics(figures: Metrics): string {
  const { sessions, collaborations, since } = figures;
  const { registered, active, idle, offline } = sessions;
  const made = `${collaborations.total} made${since === null ? "" : ` since ${since}`}, ${collaborations.open} open`;
  return [
    `Sessions    ${registered} registered: ${active} active, ${idle} idle, ${offline} offline`,
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
    rows.map(([name, number]) => [`  ${name}`, String(number).padStart(6), bar(number, longest, WIDTH)]),
  );
}

function renderTimes({
  response_seconds,
  accept_seconds,
  complete_seconds,
  completion_rate,
  unanswered,
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
    `Unanswered  ${unanswered.count} now${oldest}`,
  ];
}

function renderSpread({ count: number, p50, p90 }: Spread): string {
  if (p50 === null || p90 === null) return "never yet";
  return `${number}, half within ${formatAge(p50)}, 90 % within ${formatAge(p90)}`;
}

function renderRest({ handovers, refused, collaborations: { left_out } }: Metrics): string[] {
  const kinds = Object.entries(refused.by_kind).map(([kind, number]) => `${number} ${kind}`);
  const known = refused.whole_history ? "" : " in what this host has of the history";
  return [
    ...(handovers.made > 0 ? [`Handovers   ${handovers.made} made, ${handovers.resumed} resumed`] : []),
    ...(refused.total > 0 ? [`Refused     ${kinds.join(", ")}; recorded${known}, most leave no trace`] : []),
    ...(left_out > 0 ? [`Left out    ${count(left_out, "instant")} that cannot be`] : []),
  ];
}

function renderLoad({ load, unassigned }: Metrics): string[] {
  if (load.length === 0 && unassigned === 0) return [];
  const rest = load.slice(MOST_LOAD);
  const others = rest.reduce((sum, { open }) => sum + open, 0);
  const rows = load.slice(0, MOST_LOAD).map(({ session, open }) => [session, open] as const);
  const more = rest.length === 0 ? [] : [[`${rest.length} more`, others] as const];
  const nobody = unassigned === 0 ? [] : [["nobody yet", unassigned] as const];
  return ["Open requests by who has them", ...renderBars([...rows, ...more, ...nobody])];
}

function renderWeeks({ weeks, at }: Metrics): string[] {
  const known = new Map(weeks.map((week) => [week.week, week]));
  const shown = lastWeeks(WEEKS, at).map(
    (week) => known.get(week) ?? { week, made: 0, completed: 0, accept_seconds_p50: null },
  );
  const longest = Math.max(...shown.map(({ made }) => made));
  if (longest === 0) return [];
  return renderTable([
    ["Week", "made", "completed", "half accepted within", ""],
    ...shown.map(({ week, made, completed, accept_seconds_p50 }) => [
      week,
      String(made).padStart(4),
      String(completed).padStart(9),
      accept_seconds_p50 === null ? "-" : formatAge(accept_seconds_p50),
      bar(made, longest, WIDTH),
    ]),
  ]);
}

const MOST_SHARES = 25;

/** A row a session or skill; where there are many, those that received most. */
export function renderShares(by: By, shares: readonly Share[]): string {
  if (shares.length === 0) return "Nothing yet.";
  const shown = shares.slice(0, MOST_SHARES);
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

/** A bar as long as a value is, beside the longest; what is more than nothing is never shown as nothing. */
function bar(value: number, longest: number, width: number): string {
  if (value <= 0 || longest <= 0) return "";
  return "█".repeat(Math.max(1, Math.round((value / longest) * width)));
}
