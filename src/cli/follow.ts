import type { Feed, Tidings } from "../app/hive/feed.ts";
import { filterLog, type LogEntry, type LogFilter } from "../domain/log.ts";
import type { Answer, Context } from "./command.ts";
import { renderEntry } from "./render/entry.ts";

/** All of it was printed as it came. */
const PRINTED: Answer = { json: undefined, text: "", isPrinted: true };

/** Prints what lands, oldest first, until the user stops it: a line an entry, with --json a document a line. */
export async function printNews(
  context: Context,
  feed: Feed,
  paths: readonly string[],
  filter: LogFilter,
): Promise<Answer> {
  for await (const tidings of feed.tidings(paths)) {
    if (tidings.kind === "news") printEntries(context, filterLog(tidings.entries, filter));
    else noteTidings(context, tidings);
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
export function noteTidings({ io }: Context, tidings: Exclude<Tidings, { kind: "news" }>): void {
  if (tidings.kind === "away") io.note(`${tidings.error.message} It is asked again and again.`);
  else if (tidings.kind === "back") io.note("The hub answers again.");
  else io.note("The hub's history was written anew; what happens from now on follows.");
}
