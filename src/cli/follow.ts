import type { Feed, FeedEvent } from "../app/hive/feed.ts";
import { filterLog, type LogEntry, type LogFilter } from "../domain/log.ts";
import type { CommandAnswer, Context } from "./command.ts";
import { renderEntry } from "./render/entry.ts";

/** All of it was printed as it came. */
const PRINTED: CommandAnswer = { json: undefined, text: "", isPrinted: true };

/** Prints what lands, oldest first, until the user stops it: a line an entry, with --json a document a line. */
export async function printNewEntries(
  context: Context,
  feed: Feed,
  paths: readonly string[],
  filter: LogFilter,
): Promise<CommandAnswer> {
  for await (const events of feed.events(paths)) {
    if (events.kind === "news") printEntries(context, filterLog(events.entries, filter));
    else noteEvents(context, events);
  }
  return PRINTED;
}

/** Entries in the order they are to be read in. */
export function printEntries({ io, world }: Context, entries: readonly LogEntry[]): void {
  for (const entry of entries) {
    if (io.isJson) io.json(entry);
    else io.lines(renderEntry(entry, world.isTerminal));
  }
}

/** What whoever waits should know about the hub. */
export function noteEvents({ io }: Context, events: Exclude<FeedEvent, { kind: "news" }>): void {
  if (events.kind === "away") io.note(`${events.error.message} It is asked again and again.`);
  else if (events.kind === "back") io.note("The hub answers again.");
  else io.note("The hub's history was written anew; what happens from now on follows.");
}
