import { mayBeReference } from "../../domain/values/reference.ts";
import { quoteForShell } from "../../domain/values/shell-quote.ts";
import { wrongCall } from "../../errors.ts";
import type { Command } from "../command.ts";
import { MESSAGE_TEXT, textOrNote } from "../input/words.ts";
import { MESSAGE, writes } from "../prints.ts";
import { FORCE, submit } from "../submit.ts";
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
    if (!mayBeReference(message)) throw noMessage(message);
    const text = await textOrNote(context, words, options);
    if (text === undefined) throw wrongCall("The reply has no text.", `hive reply ${message} "<text>"`);
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

/** The error for a first argument that can be no message's id: it may be the text. */
function noMessage(text: string): Error {
  const words = text.trim() === "" ? '"<text>"' : quoteForShell(text);
  return wrongCall(
    `No message is named: ${JSON.stringify(text)} is no id.`,
    `hive reply <message> ${words}. For the ids: hive inbox --all`,
  );
}
