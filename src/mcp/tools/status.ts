import { State } from "../../domain/sessions/session.ts";
import * as z from "../../domain/values/z.ts";
import { defineTool, describeWrite, Force, text } from "../tool.ts";
export const status = defineTool({
  name: "status",
  description: "Say what you do. Also: until (2h, 17:00).",
  isReading: false,
  input: z.strictObject({
    work: z.optional(text("Your task")),
    state: z.optional(State.check(z.describe("Availability"))),
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
