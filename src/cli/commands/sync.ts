import { type SessionView, type SyncView, sync as syncView } from "../../domain/queries/sync.ts";
import { formatAge, secondsBetween, toInstant } from "../../domain/time.ts";
import { firstLine } from "../../domain/visible.ts";
import type { Command } from "../command.ts";
import { noteReading } from "../freshness.ts";
import { count } from "../render/count.ts";
import { renderTable } from "../render/table.ts";

export const sync: Command = {
  usage: "",
  examples: ["hive sync", "hive sync --json"],
  async run(context) {
    const { world, open } = context;
    const { hive } = await open();
    await hive.outbox.send();
    const read = await hive.read(["settings", "sessions", "heartbeats"]);
    noteReading(context, read);
    const at = toInstant(world.now());
    const { unsent } = await hive.outbox.count();
    const view = syncView(read.state, at);
    return {
      json: { at, hub: hive.name, unsent, ...view },
      text: renderSync(view, at, hive.name),
    };
  },
};

function renderSync({ sessions, summary }: SyncView, at: string, hub: string): string {
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
