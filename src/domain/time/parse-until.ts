import { Duration, type Instant } from "../values/instant.ts";
import { toInstant } from "../values/time.ts";
import * as z from "../values/z.ts";
import { DAY_MINUTES, hoursOf, openings } from "./hours.ts";
import { dayOf, minuteOf } from "./week.ts";
import { DAY, findZone, type Zone } from "./zone.ts";

const Moment = z.iso.datetime({ offset: true });

/** A time on a clock, as `17:00`, `Mon 09:00` or `Mon 09:00 Europe/Berlin`. */
const CLOCK = /^(?:(?<day>\p{L}+) +)?(?<time>\d{1,2}:\d\d)(?: +(?<zone>[\w/+-]+))?$/u;

/** How far ahead is looked for a time: one that the clocks skip this week is there in the next. */
const FARTHEST_DAYS = 15;

/**
 * An instant to come as people give it: an instant with its offset, a duration from now as `2h`, or the next time that
 * a clock shows `17:00` or `Mon 09:00`, in a zone that may be named behind it, else in `zone`. Undefined for any other
 * text.
 */
export function parseUntil(text: string, zone: Zone, now: Instant): Instant | undefined {
  const said = text.trim();
  const duration = Duration.safeParse(said);
  if (duration.success) return toInstant(Date.parse(now) + duration.data * 1000);
  const moment = Moment.safeParse(said.replace(/(?<=T\d\d:\d\d)(?=[Z+-])/, ":00"));
  if (moment.success) return toInstant(Date.parse(moment.data));
  const { day, time = "", zone: name } = CLOCK.exec(said)?.groups ?? {};
  const [weekday, minute] = [day === undefined ? undefined : dayOf(day), minuteOf(time)];
  const where = name === undefined ? zone : findZone(name);
  const isWrong =
    minute === undefined || minute === DAY_MINUTES || (day !== undefined && weekday === undefined);
  return isWrong || !where ? undefined : nextShown(where, weekday, minute, Date.parse(now));
}

/** The next instant at which the clocks go to a minute of a day, or of every day. */
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
  const found = openings(shown, now, now + FARTHEST_DAYS * DAY).find(({ from }) => from > now);
  return found && toInstant(found.from);
}
