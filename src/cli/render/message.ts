import { describeParties } from "../../domain/messages/describe.ts";
import { shortId } from "../../domain/messages/find.ts";
import type { Message } from "../../domain/messages/message.ts";
import type { Collaboration } from "../../domain/requests/collaboration.ts";
import { wordsOfNotice } from "../../domain/requests/words.ts";
import { firstLine } from "../../domain/values/visible.ts";
import { quote } from "./quoted.ts";
import { paintUrgency } from "./styles.ts";
import type { Paint } from "./table.ts";
import type { Times } from "./times.ts";

/** The session that reads messages, how times read, how colors are set, the ids among which shortened ids must be unique, and the answered questions. */
export interface MessageReader {
  readonly session?: string | undefined;
  readonly times: Times;
  readonly paint: Paint;
  readonly ids: readonly string[];
  readonly answered: ReadonlySet<string>;
  /** The requests whose first words a notice about them shows. */
  readonly requests: ReadonlyMap<string, Collaboration>;
}

/** Renders a message: a line with id, sender, recipient, priority and age; then its text, quoted. */
export function renderMessage(message: Message, reader: MessageReader): string[] {
  const { session, times, paint, ids, answered } = reader;
  const { id, from, intent, priority, reply_to, subject, body, sent_at } = message;
  const short = shortId(id, ids);
  const words = wordsOfNotice(message, reader.requests);
  const about = subject ? `: ${firstLine(subject, 80)}${words === "" ? "" : ` ${words}`}` : "";
  const replied = reply_to === undefined ? "" : `, re ${shortId(reply_to, ids)}`;
  const isAsked = intent === "ask" && session !== undefined && from !== session && !answered.has(id);
  return [
    `${short}: ${describeParties(message, session)}, ${paintUrgency(priority, paint)}, ${times.ago(sent_at)}${replied}${about}`,
    ...quote(body),
    ...(isAsked ? [`  Answer: hive reply ${short} "<text>"`] : []),
  ];
}
