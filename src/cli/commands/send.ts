import type { Message } from "../../domain/messages/message.ts";
import { hintForName } from "../../domain/sessions/name-hint.ts";
import { quoteForShell } from "../../domain/values/shell-quote.ts";
import { isTopic } from "../../domain/values/topic.ts";
import { wrongCall } from "../../errors.ts";
import type { Command, Options } from "../command.ts";
import { MESSAGE_TEXT, PRIORITY, textAndPriority } from "../input/words.ts";
import { MESSAGE, writes } from "../prints.ts";
import { FORCE, optionText, submit } from "../submit.ts";

type IntentOption = NonNullable<Message["intent"]>;
const INTENTS: readonly string[] = ["inform", "ask", "ack"] satisfies IntentOption[];

export const send: Command = {
  usage: "[session|topic] [text] [priority|words...]",
  options: [
    ["--to <session|topic>", "instead of the first argument: to whom"],
    ["--topic", "the first argument is a topic, even if no session follows it yet"],
    ["--intent <intent>", "inform, ask (stays open until it is answered) or ack (inform)"],
    MESSAGE_TEXT,
    PRIORITY,
    FORCE,
  ],
  notes: [
    "The id of a registered session means that session; any other name is a topic that a session follows. In quotes,",
    '"#deploy" is always the topic. A topic\'s followers get its messages, and the author gets the answers.',
  ],
  examples: [
    'hive send session-1-dashboard "Which port does the UI use?" --intent ask',
    "hive send session-1-dashboard The UI is up again",
    'hive send --topic deploy "Staging is down for ten minutes" --priority high',
  ],
  undo: 'none; hive send <session|topic> "<text>" corrects it',
  prints: writes(`message ${MESSAGE}, followers?[]`),
  async run(context, given, options) {
    const named = optionText(options.to);
    const [target, ...words] = named === undefined ? given : [named, ...given];
    if (target === undefined)
      throw wrongCall("Missing required argument 'session|topic'.", "See: hive send --help");
    const to = options.topic === true && !target.startsWith("#") ? `#${target}` : target;
    refuseNoName(to, words);
    if (words.length === 0 && options.message === undefined)
      throw wrongCall(
        "The message has no text.",
        `hive send ${to.startsWith("#") ? `"${to}"` : to} "<text>"`,
      );
    const { text, priority } = await textAndPriority(context, words, options);
    const input = { to, text, priority, intent: intentOf(options) ?? "inform" };
    return submit(context, await context.open(), "send", input, ({ message, followers }) => ({
      text: `${describeSent(message)}${followers?.length === 0 ? noFollower(message.to) : ""}`,
      id: message.id,
    }));
  },
};

/** Throws HiveError for a first argument that names neither a session nor a topic: the name is wrong, or missing. */
function refuseNoName(target: string, words: readonly string[]): void {
  if (isTopic(target.startsWith("#") ? target : `#${target}`)) return;
  if (words.length === 0 && /\s/u.test(target))
    throw wrongCall(
      "No session or topic is named.",
      `hive send <session> ${quoteForShell(target)}. To reach all: hive broadcast ${quoteForShell(target)}`,
    );
  throw wrongCall(
    `${JSON.stringify(target.slice(0, 80))} is neither a session nor a topic.`,
    hintForName(target),
  );
}

/** Returns the intent of an option; undefined without the option. Throws HiveError on an unknown intent. */
export function intentOf({ intent }: Options): IntentOption | undefined {
  const text = optionText(intent);
  if (text === undefined || isIntent(text)) return text;
  throw wrongCall(`${JSON.stringify(text)} is not an intent.`, "The intents are: inform, ask, ack");
}

function isIntent(text: string): text is IntentOption {
  return INTENTS.includes(text);
}

function noFollower(topic: string): string {
  return `\nNo other session follows ${topic}, so no inbox shows it. To reach all: hive broadcast "<text>"`;
}

/** Describes a sent message. */
export function describeSent({ id, to, intent }: Message): string {
  const watch = intent === "ask" ? "\nWatch for the answer: hive inbox --mark-read" : "";
  return `Sent ${id} to ${to}.${watch}`;
}
