import { firstLine } from "../values/visible.ts";
import type { Message } from "./message.ts";

const VERBS = { inform: "to", ask: "asks", ack: "acknowledges to" } as const;

/** The author, the intent and the recipient of a message, like `session-1 asks you`. */
export function describeParties({ from, to, intent = "inform" }: Message, reader?: string): string {
  return `${from === reader ? "you" : from} ${VERBS[intent]} ${to === reader ? "you" : to}`;
}

/** The commit subject of a message. */
export function describeMessage(
  kind: string,
  { from, to, intent = "inform", priority, body }: Message,
): string {
  const urgency = priority === "normal" ? "" : ` [${priority}]`;
  return `${kind}${urgency} ${from} ${VERBS[intent]} ${to}: ${firstLine(body, 60)}`;
}
