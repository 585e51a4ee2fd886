import { holdsSilently, type ListedSession, type Overview } from "../../domain/activity/overview.ts";
import { PAUSED } from "../../domain/sessions/state.ts";
import { describeTime } from "../../domain/time/describe-time.ts";
import { utc } from "../../domain/time/zone.ts";
import { count } from "../../domain/values/count.ts";
import type { Instant } from "../../domain/values/instant.ts";
import { firstLine } from "../../domain/values/visible.ts";
import { describeAway, presenceCell } from "./styles.ts";
import type { Cell, Column, Page } from "./table.ts";
import type { Times } from "./times.ts";

const COLUMNS: readonly Column[] = [
  { head: "SESSION", giveWay: 0 },
  { head: "PRESENCE", giveWay: 1 },
  { head: "STATE", giveWay: 3 },
  { head: "ROLE", giveWay: 4, isText: true },
  { head: "WORK", giveWay: 2, isText: true },
];

/**
 * Renders each session of a hub on one line, and their numbers. Sessions that a coding tool started and that did nothing
 * are only counted: they hold nothing, and `expire` retires them.
 */
export function renderOverview({ sessions, summary }: Overview, times: Times, hub: string): Page {
  if (sessions.length === 0) return `No session is registered on ${hub} yet. Next: hive register <session>`;
  const { total, active, idle, paused, offline, working, holding } = summary;
  const shown = sessions.filter(({ unused }) => !unused);
  const unused = sessions.length - shown.length;
  const numbers = [
    `${active} active`,
    ...(working > 0 ? [`${working} working now`] : []),
    `${idle} idle`,
    ...(paused > 0 ? [`${paused} paused`] : []),
    `${offline} offline`,
    ...(holding > 0 ? [`${holding} silent but holding something`] : []),
  ];
  return [
    { columns: COLUMNS, rows: shown.map((session) => row(session, times)) },
    `${count(total, "session")}: ${numbers.join(", ")}`,
    ...(unused > 0
      ? [`Not listed: ${count(unused, "session")} that started and ended, and did nothing.`]
      : []),
  ];
}

function row(session: ListedSession, times: Times): Cell[] {
  const { id, presence, working, last_heartbeat, role, current_work } = session;
  const state = working ? "working" : presence;
  const seen = last_heartbeat === null ? "never" : times.age(last_heartbeat);
  const since = times.isTerminal && last_heartbeat !== null ? ` ${seen} ago` : ` ${seen}`;
  return [
    id,
    presenceCell(presence, `${state}${since}`),
    describeState(session, times),
    firstLine(role, 40),
    firstLine(current_work, 60),
  ];
}

/** `active`, `idle until 17:00 UTC`, `active, away until Mon 09:00 Europe/Berlin`, `offline, holds 2 claims`. */
function describeState(session: ListedSession, times: Times): string {
  const { status, status_until, away } = session;
  const said = status_until === null ? status : `${status} ${describeUntil(status_until, times)}`;
  return [
    ...(away && status === PAUSED ? [] : [said]),
    ...(away ? [describeAway(away, times)] : []),
    ...(holdsSilently(session) ? [describeHolds(session.holds)] : []),
  ].join(", ");
}

function describeUntil(until: Instant, times: Times): string {
  if (times.isTerminal) return times.until(until);
  return `until ${describeTime(Date.parse(until), utc(), Date.parse(times.now))}`;
}

function describeHolds({ claims, requests }: ListedSession["holds"]): string {
  const held = [
    ...(claims > 0 ? [count(claims, "claim")] : []),
    ...(requests > 0 ? [count(requests, "request")] : []),
  ];
  return `holds ${held.join(" and ")}`;
}
