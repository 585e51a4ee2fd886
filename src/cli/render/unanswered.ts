import { shortId } from "../../domain/messages/find.ts";
import type { Message } from "../../domain/messages/message.ts";
import { formatAge, secondsBetween } from "../../domain/values/time.ts";
import { firstLine } from "../../domain/values/visible.ts";
import type { MessageReader } from "./message.ts";

const MOST_LINES = 5;

/** A line for each question without an answer: what waits for the reader, and what the reader waits for. */
export function renderUnanswered(asks: readonly Message[], { session, now, ids }: MessageReader): string[] {
  const lines = asks.slice(0, MOST_LINES).map(({ id, from, to, sent_at, body }) => {
    const short = shortId(id, ids);
    const said = `${formatAge(secondsBetween(sent_at, now))} ago: ${firstLine(body, 80)}`;
    if (from === session) return `${short}: you asked ${to}, no answer yet, ${said}`;
    return `${short}: ${from} (unverified) waits for your answer, asked ${said}`;
  });
  const more = asks.length - MOST_LINES;
  return more > 0 ? [...lines, `and ${more} more questions without an answer: hive inbox --json`] : lines;
}
