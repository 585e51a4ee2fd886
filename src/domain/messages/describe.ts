import { firstLine } from "../values/visible.ts";
import type { Message } from "./message.ts";

const VERBS = { inform: "to", ask: "asks", ack: "acknowledges to" } as const;

/** `session-1 asks session-2`: who says it to whom, and what for. */
export function describeParties({ from, to, intent = "inform" }: Message, reader?: string): string {
  return `${from} (unverified) ${VERBS[intent]} ${to === reader ? "you" : to}`;
}

/** The line of a message in the log. */
export function describeMessage(
  kind: string,
  { from, to, intent = "inform", priority, body }: Message,
): string {
  const urgency = priority === "normal" ? "" : ` [${priority}]`;
  return `${kind}${urgency} ${from} ${VERBS[intent]} ${to}: ${firstLine(body, 60)}`;
}
