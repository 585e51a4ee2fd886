import { holdsSilently, type ListedSession, type Overview } from "../../domain/activity/overview.ts";
import { PAUSED } from "../../domain/sessions/away.ts";
import { describeTime } from "../../domain/time/describe-time.ts";
import { utc } from "../../domain/time/zone.ts";
import { count } from "../../domain/values/count.ts";
import { formatAge, secondsBetween } from "../../domain/values/time.ts";
import { firstLine } from "../../domain/values/visible.ts";
import { renderTable } from "./table.ts";

/**
 * Renders each session of a hub on one line, and their numbers. Sessions that a coding tool started and that did nothing
 * are only counted: they hold nothing, and `expire` retires them.
 */
export function renderOverview({ sessions, summary }: Overview, at: string, hub: string): string {
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
    ...renderTable(shown.map((session) => row(session, at))),
    `${count(total, "session")}: ${numbers.join(", ")}`,
    ...(unused > 0
      ? [`Not listed: ${count(unused, "session")} that started and ended, and did nothing.`]
      : []),
  ].join("\n");
}

function row(session: ListedSession, at: string): string[] {
  const { id, presence, working, last_heartbeat, role, current_work } = session;
  const age = last_heartbeat === null ? "never" : formatAge(secondsBetween(last_heartbeat, at));
  const state = describeState(session, at);
  return [
    id,
    `${working ? "working" : presence} ${age}`,
    state,
    firstLine(role, 40),
    firstLine(current_work, 60),
  ];
}

/** `active`, `idle until 17:00 UTC`, `active, away until Mon 09:00 Europe/Berlin`, `offline, holds 2 claims`. */
function describeState(session: ListedSession, at: string): string {
  const { status, status_until, away } = session;
  const until = status_until && describeTime(Date.parse(status_until), utc(), Date.parse(at));
  const said = until === null ? status : `${status} until ${until}`;
  return [
    ...(away && status === PAUSED ? [] : [said]),
    ...(away ? [away.reason] : []),
    ...(holdsSilently(session) ? [describeHolds(session.holds)] : []),
  ].join(", ");
}

function describeHolds({ claims, requests }: ListedSession["holds"]): string {
  const held = [
    ...(claims > 0 ? [count(claims, "claim")] : []),
    ...(requests > 0 ? [count(requests, "request")] : []),
  ];
  return `holds ${held.join(" and ")}`;
}
