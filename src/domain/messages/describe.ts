import { firstLine } from "../values/visible.ts";
import type { Message } from "./message.ts";

const VERBS = {
  inform: ["to", "to"],
  ask: ["asks", "ask"],
  ack: ["acknowledges to", "acknowledge to"],
} as const;

/** The author, the intent and the recipient of a message, like `session-1 asks you`. */
export function describeParties({ from, to, intent = "inform" }: Message, reader?: string): string {
  const [theirs, yours] = VERBS[intent];
  return `${from === reader ? `you ${yours}` : `${from} ${theirs}`} ${to === reader ? "you" : to}`;
}

/** The commit subject of a message. */
export function describeMessage(
  kind: string,
  { from, to, intent = "inform", priority, body }: Message,
): string {
  const urgency = priority === "normal" ? "" : ` [${priority}]`;
  return `${kind}${urgency} ${from} ${VERBS[intent][0]} ${to}: ${firstLine(body, 60)}`;
}
