import { OVERVIEW_PARTS } from "../../app/workplace/join.ts";
import { remind } from "../../domain/requests/reminders.ts";
import { sync as syncView } from "../../domain/sessions/overview.ts";
import * as z from "../../domain/values/z.ts";
import type { HubConnection } from "../connection.ts";
import { pack } from "../pack.ts";
import { defineTool } from "../tool.ts";

/** Bytes of sessions, those who are there first, and of reminders. */
const BUDGET = 8000;
const REMINDERS = 2000;

/** Who is there, who asks, and what waits for whoever asks. */
export async function overview(connection: HubConnection): Promise<object> {
  const { state, freshness } = await connection.read([...OVERVIEW_PARTS, "collaborations"]);
  const [hub, you, unsent] = [
    await connection.hub(),
    (await connection.knownSession()) ?? null,
    await connection.unsent(),
  ];
  const { sessions, summary } = syncView(state, connection.now);
  const there = pack(sessions, BUDGET, (session) => session);
  const waiting = you === null ? [] : remind(state, you, connection.now);
  const due = pack(waiting, REMINDERS, ({ kind, request_id, text, next }) => ({
    kind,
    request_id,
    text,
    next,
  }));
  const more = { sessions: there.rest, reminders: due.rest };
  return {
    ...{ hub, you, unsent, sessions: there.described, summary, reminders: due.described },
    ...(there.rest + due.rest > 0 ? { more: { ...more, next: "hive sync --json" } } : {}),
    ...freshness,
  };
}

export const sync = defineTool({
  name: "sync",
  description: "Every session with its presence, role and current work, and what waits for you.",
  isReading: true,
  input: z.strictObject({}),
  output: z.object({
    you: z.nullable(z.string()),
    sessions: z.array(z.object({ id: z.string(), presence: z.string(), current_work: z.string() })),
    reminders: z.array(z.object({ text: z.string(), next: z.string() })),
  }),
  run: overview,
});
