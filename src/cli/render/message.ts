import { describeParties } from "../../domain/messages/describe.ts";
import { shortId } from "../../domain/messages/find.ts";
import type { Message } from "../../domain/messages/message.ts";
import { firstLine } from "../../domain/values/visible.ts";
import { quote } from "./quoted.ts";
import { paintUrgency } from "./styles.ts";
import type { Paint } from "./table.ts";
import type { Times } from "./times.ts";

/** The session that reads messages, how times read, how colors are set, and the ids among which shortened ids must be unique. */
export interface MessageReader {
  readonly session?: string | undefined;
  readonly times: Times;
  readonly paint: Paint;
  readonly ids: readonly string[];
}

/** Renders a message: a line with id, sender, recipient, priority and age; then its text, quoted. */
export function renderMessage(message: Message, { session, times, paint, ids }: MessageReader): string[] {
  const { id, from, intent, priority, reply_to, subject, body, sent_at } = message;
  const short = shortId(id, ids);
  const about = subject ? `: ${firstLine(subject, 80)}` : "";
  const answered = reply_to === undefined ? "" : `, re ${shortId(reply_to, ids)}`;
  const isAsked = intent === "ask" && session !== undefined && from !== session;
  return [
    `${short}: ${describeParties(message, session)}, ${paintUrgency(priority, paint)}, ${times.ago(sent_at)}${answered}${about}`,
    ...quote(body),
    ...(isAsked ? [`  Answer: hive reply ${short} "<text>"`] : []),
  ];
}
