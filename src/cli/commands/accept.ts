import type { ResultOf } from "../../domain/operations.ts";
import type { Command } from "../command.ts";
import { RECORD, writes } from "../prints.ts";
import { renderBundle } from "../render/bundle.ts";
import { quote } from "../render/quoted.ts";
import { FORCE, submit } from "../submit.ts";
import { describeStatus, NEXT_STEPS, NOTE, noteOf } from "./moves.ts";

export const accept: Command = {
  usage: "<request>",
  options: [NOTE, FORCE],
  examples: ["hive accept collab-1763229251-k3f9", 'hive accept collab-1763229251 -m "On it after lunch"'],
  undo: "none; hive handoff <session> --from <request> hands it on, hive leave gives it back",
  prints: writes(`collaboration ${RECORD}, taken_over[] ${RECORD}`),
  async run(context, [request = ""], options) {
    const input = { request, note: await noteOf(context, options) };
    return submit(context, await context.open(), "accept", input, (result) => ({
      text: describe(result),
      id: result.collaboration.request_id,
    }));
  },
};

/** Describes the accepted request; for a handover, also the bundle, so that the session can continue the work. */
function describe({ collaboration, taken_over }: ResultOf<"accept">): string {
  const { handoff, from_session, request } = collaboration;
  const mine = taken_over[0] ?? collaboration;
  const handed = taken_over.map(({ request_id }) => `${request_id} is yours now.`);
  const bundle =
    handoff === undefined
      ? []
      : [`From ${from_session} (unverified):`, "  Goal:", ...quote(request), ...renderBundle(handoff)];
  return [describeStatus(collaboration), ...handed, ...bundle, NEXT_STEPS[mine.status]?.(mine.request_id)]
    .filter((line) => line !== undefined)
    .join("\n");
}
