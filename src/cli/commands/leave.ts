import type { ResultOf } from "../../domain/operations.ts";
import type { Command } from "../command.ts";
import { textOrNote } from "../input/words.ts";
import { writes } from "../prints.ts";
import { RequestNames } from "../request-names.ts";
import { FORCE, submit } from "../submit.ts";
import { NOTE } from "./moves.ts";

export const leave: Command = {
  usage: "[note...]",
  options: [NOTE, FORCE],
  notes: [
    "You are offline at once. Your claims end. Requests that you have accepted or not answered are pending again, for any",
    "session, and their requesters are told. Your own requests stay. To leave for good: hive retire.",
  ],
  examples: ["hive leave", 'hive leave -m "The parser is half done on branch parser"'],
  undo: "any write brings you back, such as hive heartbeat; take the claims and requests again yourself",
  prints: writes("session, released[], returned[]"),
  async run(context, words, options) {
    const input = { note: await textOrNote(context, words, options) };
    const workplace = await context.open();
    return submit(context, workplace, "leave", input, async (result) => {
      const { name } = await new RequestNames(workplace.hive).look();
      return { text: describe(result, name), id: result.session };
    });
  },
};

function describe(
  { session, released, returned }: ResultOf<"leave">,
  name: (request: string) => string,
): string {
  return [
    `${session} is offline.`,
    ...(released.length > 0 ? [`Released: ${released.join(", ")}`] : []),
    ...(returned.length > 0 ? [`Pending again, for any session: ${returned.map(name).join(", ")}`] : []),
  ].join("\n");
}
