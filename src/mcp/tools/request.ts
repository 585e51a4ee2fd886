import { OVERVIEW_PARTS } from "../../app/workplace/join.ts";
import { absenceOf } from "../../domain/requests/absence.ts";
import { SessionId } from "../../domain/values/ids.ts";
import * as z from "../../domain/values/z.ts";
import type { HubConnection } from "../connection.ts";
import { defineTool, describeWrite, Force, Priority, text } from "../tool.ts";

export const request = defineTool({
  name: "request",
  description: "Ask for help. Also: urgency (high, urgent), deadline (4h).",
  isReading: false,
  input: z.strictObject({
    to: z.optional(text("A session")),
    to_capability: z.optional(text("Or a skill")),
    text: text("The need"),
    urgency: Priority,
    deadline: z.optional(z.string()),
    force: Force,
  }),
  async run(connection, { to, to_capability, urgency = "normal", deadline: until, force, ...given }) {
    const session = to === undefined ? undefined : SessionId.parse(to);
    const deadline = await connection.until(until);
    const input = { to: session, to_capability, text: given.text, urgency, deadline };
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
