import { PAUSED } from "../../domain/sessions/away.ts";
import type { SessionView, SyncView } from "../../domain/sessions/overview.ts";
import { describeTime } from "../../domain/time/describe-time.ts";
import { utc } from "../../domain/time/zone.ts";
import { count } from "../../domain/values/count.ts";
import { formatAge, secondsBetween } from "../../domain/values/time.ts";
import { firstLine } from "../../domain/values/visible.ts";
import { renderTable } from "./table.ts";

/** Renders each session of a hub on one line, and their numbers. */
export function renderOverview({ sessions, summary }: SyncView, at: string, hub: string): string {
  if (sessions.length === 0) return `No session is registered on ${hub} yet. Next: hive register <session>`;
  const { total, active, idle, offline } = summary;
  return [
    ...renderTable(sessions.map((session) => row(session, at))),
    `${count(total, "session")}: ${active} active, ${idle} idle, ${offline} offline`,
  ].join("\n");
}

function row(session: SessionView, at: string): string[] {
  const { id, presence, last_heartbeat, role, current_work } = session;
  const age = last_heartbeat === null ? "never" : formatAge(secondsBetween(last_heartbeat, at));
  const state = describeState(session, at);
  return [id, `${presence} ${age}`, state, firstLine(role, 40), firstLine(current_work, 60)];
}

/** `active`, `idle until 17:00 UTC`, `active, away until Mon 09:00 Europe/Berlin`. */
function describeState({ status, status_until, away }: SessionView, at: string): string {
  if (away && status === PAUSED) return away.reason;
  const until = status_until && describeTime(Date.parse(status_until), utc(), Date.parse(at));
  return [until === null ? status : `${status} until ${until}`, ...(away ? [away.reason] : [])].join(", ");
}
