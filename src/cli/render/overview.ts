import { count } from "../../domain/count.ts";
import type { SessionView, SyncView } from "../../domain/queries/sync.ts";
import { formatAge, secondsBetween } from "../../domain/time.ts";
import { firstLine } from "../../domain/visible.ts";
import { renderTable } from "./table.ts";

/** Every session on a hub, a line each, and how many there are. */
export function renderOverview({ sessions, summary }: SyncView, at: string, hub: string): string {
  if (sessions.length === 0)
    return `No session is registered on ${hub} yet. Be the first: hive register <session>`;
  const { total, active, idle, offline } = summary;
  return [
    ...renderTable(sessions.map((session) => row(session, at))),
    `${count(total, "session")}: ${active} active, ${idle} idle, ${offline} offline`,
  ].join("\n");
}

function row(
  { id, presence, last_heartbeat, status, role, current_work }: SessionView,
  at: string,
): string[] {
  const age = last_heartbeat === null ? "never" : formatAge(secondsBetween(last_heartbeat, at));
  return [id, `${presence} ${age}`, status, firstLine(role, 40), firstLine(current_work, 60)];
}
