import type { Feed, FeedEvent } from "../app/hive/feed.ts";
import { filterLog, type LogEntry, type LogFilter } from "../domain/log.ts";
import type { CommandAnswer, Context } from "./command.ts";
import { EXIT } from "./exit-codes.ts";
import { hubOptionsOf } from "./input/hub-options.ts";
import { renderEntry } from "./render/entry.ts";
import { timesOf } from "./render/times.ts";

/** The answer of a command that already printed its output. */
const PRINTED: CommandAnswer = { json: undefined, text: "", isPrinted: true };

/**
 * Prints new entries, oldest first, until the user stops it or its timeout is over: one line for each entry, with --json
 * one document.
 */
export async function printNewEntries(
  context: Context,
  feed: Feed,
  paths: readonly string[],
  filter: LogFilter,
): Promise<CommandAnswer> {
  context.io.idle();
  const { seconds = Number.POSITIVE_INFINITY } = hubOptionsOf(context.globals);
  const events = feed.events(paths, seconds * 1000);
  let next = await events.next();
  for (; next.done !== true; next = await events.next()) {
    const event = next.value;
    if (event.kind === "news") await printEntries(context, filterLog(event.entries, filter));
    else noteEvent(context, event);
  }
  return next.value === "timed out" ? { ...PRINTED, exit: EXIT.timedOut } : PRINTED;
}

/** Prints entries in the given order. */
export async function printEntries(context: Context, entries: readonly LogEntry[]): Promise<void> {
  const { io } = context;
  const times = timesOf(context);
  for (const entry of entries) {
    if (io.isJson) io.json(entry);
    else await io.show(renderEntry(entry, times));
  }
}

/** Prints a note about the connection to the hub. */
export function noteEvent({ io }: Context, event: Exclude<FeedEvent, { kind: "news" }>): void {
  if (event.kind === "away") io.note(`${event.error.message} Trying again.`);
  else if (event.kind === "back") io.note("The hub answers again.");
  else io.note("The hub's history was rewritten. New entries follow.");
}
