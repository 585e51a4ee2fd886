import type { ResultOf } from "../../domain/operations.ts";
import { MOVES, type Move } from "../../domain/requests/moves.ts";
import * as z from "../../domain/values/z.ts";
import { wrongCall } from "../../errors.ts";
import type { HubConnection } from "../connection.ts";
import { defineTool, shown } from "../tool.ts";
import { NOTICE, saidBy } from "../untrusted.ts";

const ACTIONS = Object.keys(MOVES) as Move[];

const Input = z.strictObject({
  request: z.string(),
  action: z.enum(ACTIONS),
  note: z.optional(z.string()),
  evidence: z.optional(z.string()),
});

function move(connection: HubConnection, { request, action, note, evidence }: z.infer<typeof Input>) {
  if (action === "complete") return connection.submit(action, { request, note, evidence });
  if (evidence === undefined) return connection.submit(action, { request, note });
  throw wrongCall("Evidence is of what was completed.", "Leave it out, or complete the request.");
}

/** With a handover, all that was handed over: it is where the work goes on. */
function handedOver(result: ResultOf<Move>): object {
  const { from_session, request, handoff } = result.collaboration;
  if (!("taken_over" in result) || handoff === undefined) return {};
  return {
    yours_now: result.taken_over.map(({ request_id }) => request_id),
    handed_over: { ...saidBy(from_session, request), untrusted_bundle: handoff },
    notice: NOTICE,
  };
}

export const respond = defineTool({
  name: "respond",
  description:
    "Move a request on: complete, with a URL as evidence if there is one, and the others are for who was asked, cancel for who asked.",
  isReading: false,
  input: Input,
  async run(connection, given) {
    return shown(await move(connection, given), (result) => {
      const { request_id, status } = result.collaboration;
      return { request_id, status, ...handedOver(result) };
    });
  },
});
