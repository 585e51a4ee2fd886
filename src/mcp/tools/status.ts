import { State } from "../../domain/sessions/session.ts";
import * as z from "../../domain/values/z.ts";
import { defineTool, describeWrite, Force } from "../tool.ts";
export const status = defineTool({
  name: "status",
  description: "Report what you are doing now, and until when (2h, 17:00) a state lasts.",
  isReading: false,
  input: z.strictObject({
    work: z.optional(z.string()),
    state: z.optional(State),
    until: z.optional(z.string()),
    force: Force,
  }),
  async run(connection, { work, state, until, force }) {
    const input = { work, status: state, until: await connection.until(until) };
    const written = await connection.submit("heartbeat", input, force);
    return describeWrite(written, ({ heartbeat: { session_id, status, status_until, current_work } }) => ({
      ...{ session_id, status, status_until, current_work },
    }));
  },
});
