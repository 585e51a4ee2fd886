import { OVERVIEW_PARTS } from "../../app/workplace/join.ts";
import { absenceOf } from "../../domain/requests/absence.ts";
import { SessionId } from "../../domain/values/ids.ts";
import * as z from "../../domain/values/z.ts";
import type { HubConnection } from "../connection.ts";
import { defineTool, describeWrite, Force, Priority } from "../tool.ts";

export const request = defineTool({
  name: "request",
  description:
    "Ask for help, optionally with a deadline (4h, 17:00): a tracked request to a session, or to the first with a skill that accepts.",
  isReading: false,
  input: z.strictObject({
    to: z.optional(z.string()),
    to_capability: z.optional(z.string()),
    text: z.string(),
    urgency: Priority,
    deadline: z.optional(z.string()),
    force: Force,
  }),
  async run(connection, { to, to_capability, text, urgency = "normal", deadline: until, force }) {
    const session = to === undefined ? undefined : SessionId.parse(to);
    const deadline = await connection.until(until);
    const input = { to: session, to_capability, text, urgency, deadline };
    const written = await connection.submit("request", input, force);
    const away = session !== undefined && written.landed ? await absence(connection, session) : {};
    return describeWrite(written, ({ collaboration: { request_id, status }, offered_by }) => ({
      request_id,
      status,
      deadline,
      ...(to_capability === undefined ? away : { offered_by }),
    }));
  },
});

/** Returns why the addressee is away and what to do; empty where it is not away. The request was sent anyway. */
async function absence(connection: HubConnection, session: SessionId): Promise<object> {
  const { state } = await connection.read(OVERVIEW_PARTS);
  const away = absenceOf(state, session, connection.now);
  return away === null
    ? {}
    : { away, next: "match names other sessions, respond with cancel takes this back" };
}
