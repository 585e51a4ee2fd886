import type { ResultOf } from "../../domain/operations.ts";
import { describeWords } from "../../domain/requests/words.ts";
import type { Command } from "../command.ts";
import { markAnswered } from "../mark-answered.ts";
import { RECORD, writes } from "../prints.ts";
import { renderBundle } from "../render/bundle.ts";
import { quote } from "../render/quoted.ts";
import { FORCE, submit } from "../submit.ts";
import { describeMoved, moveNamed, NEXT_STEPS, NOTE, noteAfter } from "./moves.ts";

export const accept: Command = {
  usage: "[request] [note...]",
  options: [NOTE, FORCE],
  notes: [
    "Name the request by its id, by the id of its message, or by a unique start or end of one. Without one, the error lists",
    "the requests that wait for you.",
  ],
  examples: ["hive accept collab-1763229251-k3f9", 'hive accept k3f9 -m "On it after lunch"'],
  undo: "none; hive handoff <session> --request <request> hands it on, hive leave gives it back",
  prints: writes(`collaboration ${RECORD}, taken_over[] ${RECORD}`),
  async run(context, [text, ...words], options) {
    const workplace = await context.open();
    return moveNamed({ ...workplace, world: context.world }, "accept", text, async (request) => {
      const input = { request, note: await noteAfter({ ...workplace, context }, "accept", words, options) };
      return submit(context, workplace, "accept", input, async (result) => {
        await markAnswered(workplace, result.collaboration);
        return { text: describe(result), id: result.collaboration.request_id };
      });
    });
  },
};

/** Describes the accepted request; for a handover, also the bundle, so that the session can continue the work. */
function describe({ collaboration, taken_over }: ResultOf<"accept">): string {
  const { handoff, from_session, request } = collaboration;
  const mine = taken_over[0] ?? collaboration;
  const handed = taken_over.map((each) => `${each.request_id} is yours now. ${describeWords(each)}`);
  const bundle =
    handoff === undefined
      ? []
      : [`From ${from_session} (unverified):`, "  Goal:", ...quote(request), ...renderBundle(handoff)];
  return [describeMoved(collaboration), ...handed, ...bundle, NEXT_STEPS[mine.status]?.(mine.request_id)]
    .filter((line) => line !== undefined)
    .join("\n");
}
