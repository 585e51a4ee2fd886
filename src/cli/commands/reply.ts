import { wrongCall } from "../../errors.ts";
import type { Command } from "../command.ts";
import { MESSAGE_TEXT, textOrNote } from "../input/words.ts";
import { MESSAGE, writes } from "../prints.ts";
import { FORCE, submit, textOf } from "../submit.ts";
import { describeSent, intentOf } from "./send.ts";

export const reply: Command = {
  usage: "<message> [text...]",
  options: [
    ["--ack", "only acknowledge the message: no answer is expected"],
    ["--intent <intent>", "inform, ask or ack (inform)"],
    MESSAGE_TEXT,
    FORCE,
  ],
  notes: ["Name the message, or its request, by its id or by a unique start or end of it."],
  examples: ['hive reply 01KG9M2V00 "Port 8005"', 'hive reply 01KG9M2V00 "Thanks" --ack'],
  undo: 'none; hive reply <message> "<text>" corrects it',
  prints: writes(`message ${MESSAGE}`),
  async run(context, [message = "", ...words], options) {
    const text = (await textOrNote(context, words, options)) ?? (await textOf(context, undefined));
    const givenIntent = intentOf(options);
    if (options.ack === true && givenIntent !== undefined && givenIntent !== "ack")
      throw wrongCall(`--ack and --intent ${givenIntent} exclude each other.`, "Leave out one of them.");
    const intent = options.ack === true ? "ack" : (givenIntent ?? "inform");
    return submit(context, await context.open(), "reply", { message, text, intent }, (result) => ({
      text: describeSent(result.message),
      id: result.message.id,
    }));
  },
};
