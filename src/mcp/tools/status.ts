import { State } from "../../domain/sessions/session.ts";
import * as z from "../../domain/values/z.ts";
import { wrongCall } from "../../errors.ts";
import type { HubConnection } from "../connection.ts";
import { defineTool, describeWrite, Force, text } from "../tool.ts";

/** Throws HiveError, because one call is one write. */
function refuseOthers(others: Readonly<Record<string, unknown>>): void {
  if (Object.values(others).some((value) => value !== undefined))
    throw wrongCall("A question to your user goes alone.", "Call status once more for your work or state.");
}

/** Asks the session's user, or takes the question back. */
async function ask(
  connection: HubConnection,
  question: string,
  options: string[] | undefined,
  force: boolean | undefined,
): Promise<object> {
  const input = question === "" ? { done: true as const, options } : { question, options };
  const written = await connection.submit("needs", input, force);
  return describeWrite(written, ({ need }) => ({ needs: need ?? "nothing" }));
}

export const status = defineTool({
  name: "status",
  description: "Tell your work. Also: until (2h), needs (ask your user), options.",
  isReading: false,
  input: z.strictObject({
    work: z.optional(text("Your task")),
    state: z.optional(State.check(z.describe("Availability"))),
    until: z.optional(z.string()),
    needs: z.optional(z.string()),
    options: z.optional(z.array(z.string())),
    force: Force,
  }),
  async run(connection, { work, state, until, needs, options, force }) {
    if (needs !== undefined) {
      refuseOthers({ work, state, until });
      return ask(connection, needs, options, force);
    }
    if (options !== undefined) throw wrongCall("Options go only with needs.", "Leave options out.");
    const input = { work, status: state, until: await connection.until(until) };
    const written = await connection.submit("heartbeat", input, force);
    return describeWrite(written, ({ heartbeat: { session_id, status, status_until, current_work } }) => ({
      ...{ session_id, status, status_until, current_work },
    }));
  },
});
