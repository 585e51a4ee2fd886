import { OVERVIEW_PARTS } from "../../app/workplace/join.ts";
import { countWrites } from "../../domain/activity/count-writes.ts";
import { overview as overviewOf } from "../../domain/activity/overview.ts";
import { remind } from "../../domain/requests/reminders.ts";
import * as z from "../../domain/values/z.ts";
import type { HubConnection } from "../connection.ts";
import { pack } from "../pack.ts";
import { defineTool } from "../tool.ts";

/** The bytes of sessions in one answer, online sessions first. */
const SESSION_BYTES = 8000;
/** The bytes of reminders in one answer. */
const REMINDER_BYTES = 2000;

/** Returns the sessions of the hub, the author, and what waits for the author. */
export async function overview(connection: HubConnection): Promise<object> {
  const { state: read, freshness } = await connection.read(OVERVIEW_PARTS);
  const state = countWrites(read, await connection.lately(), connection.now);
  const [hub, you, unsent] = [
    await connection.hub(),
    await connection.knownSession(),
    await connection.unsent(),
  ];
  const { sessions, summary } = overviewOf(state, connection.now);
  const listed = pack(sessions, SESSION_BYTES, (session) => session);
  const waiting = you === undefined ? [] : remind(state, you, connection.now);
  const due = pack(waiting, REMINDER_BYTES, ({ kind, request_id, text, next }) => ({
    kind,
    request_id,
    text,
    next,
  }));
  const more = { sessions: listed.rest, reminders: due.rest };
  return {
    ...{ hub, you, unsent, sessions: listed.described, summary, reminders: due.described },
    ...(listed.rest + due.rest > 0 ? { more: { ...more, next: "hive sync --json" } } : {}),
    ...freshness,
  };
}

export const sync = defineTool({
  name: "sync",
  description: "List sessions, their work and claims, and what waits for you.",
  isReading: true,
  input: z.strictObject({}),
  run: overview,
});
