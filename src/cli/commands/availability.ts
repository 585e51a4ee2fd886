import { OVERVIEW_PARTS } from "../../app/workplace/join.ts";
import { parseSession } from "../../app/workplace/workplace.ts";
import { zoneOf } from "../../app/zone.ts";
import { unknownSession } from "../../domain/sessions/refusals.ts";
import type { Profile } from "../../domain/sessions/session.ts";
import type { Calendar } from "../../domain/time/encode-calendar.ts";
import type { Zone } from "../../domain/time/zone.ts";
import { findZone } from "../../domain/time/zone.ts";
import { nearZones } from "../../domain/time/zone-names.ts";
import type { SessionId } from "../../domain/values/ids.ts";
import type { Instant } from "../../domain/values/instant.ts";
import { quoteForShell } from "../../domain/values/shell-quote.ts";
import { toInstant } from "../../domain/values/time.ts";
import { HiveError, RefusedError, wrongCall } from "../../errors.ts";
import type { World } from "../../world.ts";
import type { Command, CommandAnswer, Context, Options } from "../command.ts";
import { noteReading } from "../freshness.ts";
import { AWAY, writes } from "../prints.ts";
import { timesOf } from "../render/times.ts";
import { optionText, submit } from "../submit.ts";

const EXAMPLE = 'hive availability set "Mon-Fri 09:00-17:00 Europe/Berlin"';

export const availability: Command = {
  usage: "[set|clear|session] [hours...]",
  options: [
    ["--week", "show the week from Monday on"],
    ["--zone <zone>", "show times in this time zone, such as Europe/Berlin"],
    ["--ics", "print an iCalendar file (RFC 5545) of the weekly hours and the pauses"],
  ],
  examples: [EXAMPLE, "hive availability --week", "hive availability --ics > hive.ics"],
  undo: "hive availability clear, or set the old hours",
  prints: `at, zone, days[] {date, from, to}, sessions[] {id, name, presence, available, away? ${AWAY}, hours?, open[] {from, to}}; or of --ics: at, ics; or of set and clear: ${writes("session, hours?")}`,
  async run(context, [action, ...words], options) {
    if (action === "set") return set(context, await hoursOf(context.world, words.join(" ")));
    const typed = [action ?? "", ...words].join(" ");
    if (/\d:\d/.test(typed))
      throw wrongCall(
        `${JSON.stringify(typed)} looks like hours.`,
        `To set your hours: hive availability set ${quoteForShell(typed)}`,
      );
    if (words.length > 0)
      throw wrongCall(
        `There are too many arguments: ${JSON.stringify(words.join(" "))}.`,
        `Example: ${EXAMPLE}`,
      );
    if (action === "clear") return set(context, null);
    return show(context, action === undefined ? undefined : parseSession(action), options);
  },
};

/** Returns the text where it parses as hours. Throws HiveError, with the column, where it does not. */
async function hoursOf(world: World, text: string): Promise<string> {
  if (text === "") throw wrongCall("No hours are given.", `Example: ${EXAMPLE}`);
  const { HoursFault, parseHours } = await import("../../domain/time/parse-hours.ts");
  try {
    parseHours(text);
    return text;
  } catch (error) {
    if (!(error instanceof HoursFault)) throw error;
    const zoned = `${text.trim()} ${zoneOf(world).name}`;
    throw wrongCall(
      error.message,
      isValid(parseHours, zoned) ? `With this machine's zone: hive availability set "${zoned}"` : error.hint,
    );
  }
}

function isValid(parse: (text: string) => unknown, text: string): boolean {
  try {
    parse(text);
    return true;
  } catch {
    return false;
  }
}

async function set(context: Context, hours: string | null): Promise<CommandAnswer> {
  return submit(context, await context.open(), "availability", { hours }, (result) => ({
    text:
      result.hours === null
        ? `${result.session} has no hours: it is always available.`
        : `${result.session} is available ${result.hours}.`,
    id: result.hours ?? "",
  }));
}

async function show(
  context: Context,
  session: SessionId | undefined,
  options: Options,
): Promise<CommandAnswer> {
  const zone = viewerZone(context.world, optionText(options.zone));
  const { hive } = await context.open();
  const read = await hive.read(OVERVIEW_PARTS);
  noteReading(context, read);
  const now = toInstant(context.world.now());
  const profiles = chosen(read.state.sessions, session);
  if (options.ics === true) {
    const { calendar } = await import("../../domain/sessions/calendar.ts");
    return printCalendar({ name: nameOf(hive.name), events: calendar(read.state, profiles, zone, now) }, now);
  }
  const { timetable } = await import("../../domain/sessions/timetable.ts");
  const { renderTimetable } = await import("../render/timetable.ts");
  const view = timetable(read.state, profiles, { zone, isWeek: options.week === true }, now);
  return { json: view, text: renderTimetable(view, zone, timesOf(context)) };
}

function chosen(sessions: ReadonlyMap<SessionId, Profile>, session: SessionId | undefined): Profile[] {
  if (session === undefined) return [...sessions.values()];
  const profile = sessions.get(session);
  if (!profile) throw new RefusedError(unknownSession(session, sessions.keys()));
  return [profile];
}

/** The name of the calendar, with the last part of the hub's address. */
function nameOf(hub: string): string {
  const last = hub.split(/[/\\:]/).findLast((part) => part !== "") ?? hub;
  return `git-hive ${last.endsWith(".git") ? last.slice(0, -4) : last}: who is available when`;
}

async function printCalendar(calendar: Calendar, at: Instant): Promise<CommandAnswer> {
  if (calendar.events.length === 0)
    throw new HiveError(
      "no_hours",
      "No session has set hours or a pause, so the calendar is empty.",
      `Set your hours: ${EXAMPLE}`,
    );
  const { encodeCalendar } = await import("../../domain/time/encode-calendar.ts");
  const ics = encodeCalendar(calendar, at);
  // Without its last line feed, because printing adds one.
  return { json: { at, ics }, text: ics.slice(0, -1), isRaw: true };
}

/** Returns the zone of the user: the given zone, else `TZ`, else the machine's. Throws HiveError. */
export function viewerZone(world: World, named?: string): Zone {
  return named === undefined ? zoneOf(world) : namedZone(named);
}

function namedZone(name: string): Zone {
  const zone = findZone(name);
  if (zone) return zone;
  const near = nearZones(name);
  throw wrongCall(
    `${JSON.stringify(name)} is not a time zone.`,
    near.length > 0 ? `Similar zones: ${near.join(", ")}` : "Example: --zone Europe/Berlin",
  );
}
