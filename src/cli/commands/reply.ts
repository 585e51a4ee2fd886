import { wrongCall } from "../../errors.ts";
import type { Command } from "../command.ts";
import { MESSAGE, writes } from "../prints.ts";
import { submit, textOf } from "../submit.ts";
import { describeSent, intentOf } from "./send.ts";

export const reply: Command = {
  usage: "<message> <text>",
  options: [
    ["--ack", "it only acknowledges: no answer is expected"],
    ["--intent <intent>", "inform, ask or ack (inform)"],
  ],
  notes: ["A message may be named by any unique start of its id, or by the request that it told."],
  examples: ['hive reply 01KG9M2V00 "Port 8005"', 'hive reply 01KG9M2V00 "Thanks" --ack'],
  prints: writes(`message ${MESSAGE}`),
  async run(context, [message = "", argument], options) {
    const text = await textOf(context, argument);
    const said = intentOf(options);
    if (options.ack === true && said !== undefined && said !== "ack")
      throw wrongCall(`It cannot be both an ack and ${said}.`, "Leave out one of --ack and --intent.");
    const intent = options.ack === true ? "ack" : (said ?? "inform");
    return submit(context, await context.open(), "reply", { message, text, intent }, (result) => ({
      text: describeSent(result.message),
      id: result.message.id,
    }));
  },
};
