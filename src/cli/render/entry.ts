import { describeEntry } from "../../domain/activity/describe-entry.ts";
import type { LogEntry } from "../../domain/log.ts";
import type { Instant } from "../../domain/values/instant.ts";

/** One entry on one line: its commit, when, and what it tells. On a terminal the time is the reader's own. */
export function renderEntry(entry: LogEntry, isTerminal: boolean): string {
  const when = isTerminal ? localTime(entry.at) : entry.at;
  return `${entry.commit.slice(0, 7)} ${when}  ${describeEntry(entry)}`;
}

/** `2026-01-31 13:00` by the clock on the reader's wall. */
function localTime(at: Instant): string {
  const date = new Date(at);
  const [month, day, hour, minute] = [
    date.getMonth() + 1,
    date.getDate(),
    date.getHours(),
    date.getMinutes(),
  ].map((number) => String(number).padStart(2, "0"));
  return `${date.getFullYear()}-${month}-${day} ${hour}:${minute}`;
}
