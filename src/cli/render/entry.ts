import { describeEntry } from "../../domain/activity/describe-entry.ts";
import type { LogEntry } from "../../domain/log.ts";
import type { Table } from "./table.ts";
import type { Times } from "./times.ts";

const COMMIT_LENGTH = 7;

/** Renders an entry on one line: commit, time and description. */
export function renderEntry(entry: LogEntry, times: Times): string {
  return `${entry.commit.slice(0, COMMIT_LENGTH)} ${times.stamp(entry.at)}  ${describeEntry(entry)}`;
}

/** Renders entries as rows: commit and time, then description. */
export function tableOfEntries(entries: readonly LogEntry[], times: Times): Table {
  if (!times.isTerminal)
    return {
      columns: [{ head: "OPERATION", giveWay: 0 }],
      rows: entries.map((entry) => [renderEntry(entry, times)]),
    };
  return {
    columns: [
      { head: "COMMIT", giveWay: 2 },
      { head: "TIME", giveWay: 1 },
      { head: "OPERATION", giveWay: 0, isWrapped: true },
    ],
    rows: entries.map((entry) => [
      { text: entry.commit.slice(0, COMMIT_LENGTH), style: "dim" },
      times.at(entry.at),
      describeEntry(entry),
    ]),
  };
}
