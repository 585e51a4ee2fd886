import { OVERVIEW_PARTS } from "../../app/workplace/join.ts";
import { remind } from "../../domain/requests/reminders.ts";
import { sync as syncView } from "../../domain/sessions/overview.ts";
import * as z from "../../domain/values/z.ts";
import type { Desk } from "../connection.ts";
import { pack } from "../pack.ts";
import { defineTool } from "../tool.ts";

/** Bytes of sessions, those who are there first, and of reminders. */
const BUDGET = 8000;
const REMINDERS = 2000;

/** Who is there, who asks, and what waits for whoever asks. */
export async function overview(desk: Desk): Promise<object> {
  const { state, sight } = await desk.read([...OVERVIEW_PARTS, "collaborations"]);
  const [hub, you, unsent] = [await desk.hub(), (await desk.knownSession()) ?? null, await desk.unsent()];
  const { sessions, summary } = syncView(state, desk.now);
  const there = pack(sessions, BUDGET, (session) => session);
  const waiting = you === null ? [] : remind(state, you, desk.now);
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
    ...sight,
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
