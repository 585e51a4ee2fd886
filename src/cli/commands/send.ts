import type { Message } from "../../domain/messages/message.ts";
import { Urgency } from "../../domain/values/urgency.ts";
import { wrongCall } from "../../errors.ts";
import type { Command, Options } from "../command.ts";
import { MESSAGE, writes } from "../prints.ts";
import { optionText, submit, textOf } from "../submit.ts";

type IntentOption = NonNullable<Message["intent"]>;
const INTENTS: readonly string[] = ["inform", "ask", "ack"] satisfies IntentOption[];

export const send: Command = {
  usage: "<session|topic> <text>",
  options: [
    ["--topic", "the first argument is a topic, also where nobody follows it yet"],
    ["--intent <intent>", "inform, ask (it stays open until it is answered) or ack (inform)"],
    ["--priority <priority>", "normal, high or urgent (normal)"],
  ],
  notes: [
    "A registered session's id means that session; any other name is a topic that somebody follows. In quotes,",
    '"#deploy" is always the topic. Who follows a topic has its messages in the inbox; who wrote, the answers.',
  ],
  examples: [
    'hive send session-1-dashboard "Which port does the UI use?" --intent ask',
    'hive send --topic deploy "Staging is down for ten minutes" --priority high',
  ],
  prints: writes(`message ${MESSAGE}`),
  async run(context, [target = "", argument], options) {
    const to = options.topic === true && !target.startsWith("#") ? `#${target}` : target;
    const text = await textOf(context, argument);
    const priority = Urgency.parse(optionText(options.priority) ?? "normal");
    const input = { to, text, priority, intent: intentOf(options) ?? "inform" };
    return submit(context, await context.open(), "send", input, ({ message }) => ({
      text: describeSent(message),
      id: message.id,
    }));
  },
};

/** What an option says a message is for. Throws HiveError when that is nothing we know. */
export function intentOf({ intent }: Options): IntentOption | undefined {
  const said = optionText(intent);
  if (said === undefined || isIntent(said)) return said;
  throw wrongCall(`${JSON.stringify(said)} is no intent.`, "One of: inform, ask, ack");
}

function isIntent(text: string): text is IntentOption {
  return INTENTS.includes(text);
}

/** What to say of a message that was sent. */
export function describeSent({ id, to, intent }: Message): string {
  const watch = intent === "ask" ? "\nWatch for the answer: hive inbox --mark-read" : "";
  return `Sent ${id} to ${to}.${watch}`;
}
