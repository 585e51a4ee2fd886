import type { ResultOf } from "../../domain/operations.ts";
import { MOVES, type Move } from "../../domain/requests/moves.ts";
import { framedObject } from "../../domain/values/framed.ts";
import * as z from "../../domain/values/z.ts";
import { wrongCall } from "../../errors.ts";
import type { HubConnection } from "../connection.ts";
import { defineTool, describeWrite, Force, text } from "../tool.ts";
import { saidBy } from "../untrusted.ts";

const ACTIONS = Object.keys(MOVES) as Move[];

const Input = z.strictObject({
  request: text("Its id"),
  action: z.enum(ACTIONS).check(z.describe("cancel: your own")),
  note: z.optional(z.string()),
  evidence: z.optional(z.string()),
  force: Force,
});

function move(connection: HubConnection, { request, action, note, evidence, force }: z.infer<typeof Input>) {
  if (action === "complete") return connection.submit(action, { request, note, evidence }, force);
  if (evidence === undefined) return connection.submit(action, { request, note }, force);
  throw wrongCall("Evidence goes only with complete.", "Leave evidence out, or use the action complete.");
}

/** Returns the handover with its bundle, so that the session can continue the work; empty for other requests. */
function handedOver(result: ResultOf<Move>): object {
  const { from_session, request, handoff } = result.collaboration;
  if (!("taken_over" in result) || handoff === undefined) return {};
  return {
    yours_now: result.taken_over.map(({ request_id }) => request_id),
    handed_over: { ...saidBy(from_session, request), untrusted_bundle: handoff },
  };
}

export const respond = defineTool({
  name: "respond",
  description: "Answer a request. Also: note, evidence (URL).",
  isReading: false,
  input: Input,
  async run(connection, given) {
    const described = describeWrite(await move(connection, given), (result) => {
      const { request_id, status } = result.collaboration;
      return { request_id, status, ...handedOver(result) };
    });
    return "handed_over" in described ? framedObject(described) : described;
  },
});
