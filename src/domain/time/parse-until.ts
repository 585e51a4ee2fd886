import { Duration, type Instant } from "../values/instant.ts";
import { toInstant } from "../values/time.ts";
import * as z from "../values/z.ts";
import { DAY_MINUTES, hoursOf, openings } from "./hours.ts";
import { dayOf, minuteOf } from "./week.ts";
import { DAY_MS, findZone, type Zone } from "./zone.ts";

const OffsetInstant = z.iso.datetime({ offset: true });

/** A clock time, like `17:00`, `Mon 09:00` or `Mon 09:00 Europe/Berlin`. */
const CLOCK = /^(?:(?<day>\p{L}+) +)?(?<time>\d{1,2}:\d\d)(?: +(?<zone>[\w/+-]+))?$/u;

/** How many days to search ahead: a time that the clocks skip this week comes again in the next. */
const MAX_SEARCH_DAYS = 15;

/**
 * The instant that a user's text names: an instant with its offset, a duration from now like `2h`, or the next time
 * that clocks show `17:00` or `Mon 09:00`. A clock time is in the zone named after it, or else in `zone`. Undefined for any
 * other text.
 */
export function parseUntil(text: string, zone: Zone, now: Instant): Instant | undefined {
  const trimmed = text.trim();
  const duration = Duration.safeParse(trimmed);
  if (duration.success) return toInstant(Date.parse(now) + duration.data * 1000);
  const moment = OffsetInstant.safeParse(trimmed.replace(/(?<=T\d\d:\d\d)(?=[Z+-])/, ":00"));
  if (moment.success) return toInstant(Date.parse(moment.data));
  const { day, time = "", zone: name } = CLOCK.exec(trimmed)?.groups ?? {};
  const [weekday, minute] = [day === undefined ? undefined : dayOf(day), minuteOf(time)];
  const clockZone = name === undefined ? zone : findZone(name);
  const isWrong =
    minute === undefined || minute === DAY_MINUTES || (day !== undefined && weekday === undefined);
  return isWrong || !clockZone ? undefined : nextShown(clockZone, weekday, minute, Date.parse(now));
}

/** The next instant at which clocks show a minute of the day, on one weekday or on any. */
function nextShown(
  zone: Zone,
  weekday: number | undefined,
  minute: number,
  now: number,
): Instant | undefined {
  const days = weekday === undefined ? [...Array(7).keys()] : [weekday];
  const minutes = days.map((day) => day * DAY_MINUTES + minute);
  const shown = hoursOf(
    zone,
    minutes.map((from) => ({ from, to: from + 1 })),
  );
  const found = openings(shown, now, now + MAX_SEARCH_DAYS * DAY_MS).find(({ from }) => from > now);
  return found && toInstant(found.from);
}
