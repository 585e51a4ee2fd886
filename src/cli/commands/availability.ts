import { OVERVIEW_PARTS } from "../../app/workplace/join.ts";
import { parseSession } from "../../app/workplace/workplace.ts";
import { zoneOf } from "../../app/zone.ts";
import { unknownSession } from "../../domain/sessions/refusals.ts";
import type { Profile } from "../../domain/sessions/session.ts";
import type { CalendarEvent } from "../../domain/time/encode-calendar.ts";
import type { Zone } from "../../domain/time/zone.ts";
import { findZone } from "../../domain/time/zone.ts";
import { nearZones } from "../../domain/time/zone-names.ts";
import type { SessionId } from "../../domain/values/ids.ts";
import type { Instant } from "../../domain/values/instant.ts";
import { toInstant } from "../../domain/values/time.ts";
import { HiveError, RefusedError, wrongCall } from "../../errors.ts";
import type { World } from "../../world.ts";
import type { Command, CommandAnswer, Context, Options } from "../command.ts";
import { noteReading } from "../freshness.ts";
import { AWAY, writes } from "../prints.ts";
import { optionText, submit } from "../submit.ts";

const EXAMPLE = 'hive availability set "Mon-Fri 09:00-17:00 Europe/Berlin"';

export const availability: Command = {
  usage: "[set|clear|session] [hours...]",
  options: [
    ["--week", "the week from Monday on"],
    ["--zone <zone>", "by the clocks of this time zone, as Europe/Berlin"],
    ["--ics", "print a calendar (RFC 5545) of the hours and pauses of four weeks"],
  ],
  examples: [EXAMPLE, "hive availability --week", "hive availability --ics > hive.ics"],
  prints: `at, zone, days[] {date, from, to}, sessions[] {id, name, presence, available, away ${AWAY}, hours, open[] {from, to}}; or of --ics: at, ics; or of set and clear: ${writes("session, hours")}`,
  async run(context, [act, ...words], options) {
    if (act === "set") return set(context, await hoursOf(words.join(" ")));
    if (words.length > 0)
      throw wrongCall(`${JSON.stringify(words.join(" "))} is too much here.`, `As in: ${EXAMPLE}`);
    if (act === "clear") return set(context, null);
    return show(context, act === undefined ? undefined : parseSession(act), options);
  },
};

/** The text, which can be read as hours. Throws HiveError, with the column, where it cannot. */
async function hoursOf(text: string): Promise<string> {
  if (text === "") throw wrongCall("No hours are given.", `As in: ${EXAMPLE}`);
  const { HoursFault, parseHours } = await import("../../domain/time/parse-hours.ts");
  try {
    parseHours(text);
    return text;
  } catch (error) {
    if (error instanceof HoursFault) throw wrongCall(error.message, error.hint);
    throw error;
  }
}

async function set(context: Context, hours: string | null): Promise<CommandAnswer> {
  return submit(context, await context.open(), "availability", { hours }, (result) => ({
    text:
      result.hours === null
        ? `${result.session} has no hours: it is always there.`
        : `${result.session} is there ${result.hours}.`,
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
    return printCalendar(calendar(read.state, profiles, zone, now), now);
  }
  const { timetable } = await import("../../domain/sessions/timetable.ts");
  const { renderTimetable } = await import("../render/timetable.ts");
  const view = timetable(read.state, profiles, { zone, isWeek: options.week === true }, now);
  return { json: view, text: renderTimetable(view, zone) };
}

function chosen(sessions: ReadonlyMap<SessionId, Profile>, session: SessionId | undefined): Profile[] {
  if (session === undefined) return [...sessions.values()];
  const profile = sessions.get(session);
  if (!profile) throw new RefusedError(unknownSession(session, sessions.keys()));
  return [profile];
}

async function printCalendar(events: readonly CalendarEvent[], at: Instant): Promise<CommandAnswer> {
  if (events.length === 0)
    throw new HiveError(
      "no_hours",
      "Nobody has told hours or a pause: there is no calendar.",
      `Tell yours: ${EXAMPLE}`,
    );
  const { encodeCalendar } = await import("../../domain/time/encode-calendar.ts");
  const ics = encodeCalendar(events, at);
  // What is printed is ended with a line feed.
  return { json: { at, ics }, text: ics.slice(0, -1) };
}

/** The zone of whoever looks: the one that is named, else `TZ`, else the machine's. Throws HiveError. */
export function viewerZone(world: World, named?: string): Zone {
  return named === undefined ? zoneOf(world) : namedZone(named);
}

function namedZone(name: string): Zone {
  const zone = findZone(name);
  if (zone) return zone;
  const near = nearZones(name);
  throw wrongCall(
    `${JSON.stringify(name)} is no time zone.`,
    near.length > 0 ? `Meant one of: ${near.join(", ")}?` : "As in: --zone Europe/Berlin",
  );
}
