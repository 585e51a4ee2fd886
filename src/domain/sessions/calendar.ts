import type { Snapshot } from "../snapshot.ts";
import type { CalendarEvent } from "../time/encode-calendar.ts";
import { openings } from "../time/hours.ts";
import type { Interval } from "../time/interval.ts";
import { printHours } from "../time/print-hours.ts";
import { DAY_MS, type Zone } from "../time/zone.ts";
import type { Instant } from "../values/instant.ts";
import { inOrderOf } from "../values/order.ts";
import { pauseOf, readHours } from "./away.ts";
import type { Profile } from "./session.ts";
import { weekOf } from "./timetable.ts";

/** Days in a calendar, from the Monday of this week; a later export has the weeks that follow. */
const CALENDAR_DAYS = 28;
/** How far to search for windows beyond both ends, so that a window that crosses an end is complete. */
const MARGIN_MS = 8 * DAY_MS;

/** The windows and pauses of sessions as events, for four weeks from this week's Monday in a zone. */
export function calendar(
  state: Pick<Snapshot, "heartbeats">,
  profiles: Iterable<Profile>,
  zone: Zone,
  now: Instant,
): CalendarEvent[] {
  const days = weekOf(zone, Date.parse(now), CALENDAR_DAYS);
  const span = { from: days[0]?.from ?? 0, to: days.at(-1)?.to ?? 0 };
  const sorted = [...profiles].sort(inOrderOf(({ id }) => id));
  return sorted.flatMap((profile) => {
    const pause = pauseOf(profile, state.heartbeats.get(profile.id), now);
    return [...windowsOf(profile, span), ...(pause ? [pauseEvent(profile, pause, span)] : [])];
  });
}

function windowsOf(profile: Profile, { from, to }: Interval): CalendarEvent[] {
  const hours = readHours(profile);
  if (!hours) return [];
  const [start, end] = [from - MARGIN_MS, to + MARGIN_MS];
  return openings(hours, start, end)
    .filter((each) => each.from < to && each.to > from)
    .map((each) => ({
      // A window that begins before or ends after the search begins or ends with the calendar.
      from: each.from === start ? from : each.from,
      to: each.to === end ? to : each.to,
    }))
    .map((each) => ({
      ...each,
      uid: `${idOf(profile)}-${each.from / 1000}`,
      summary: `${profile.name} is available`,
      description: `${profile.id}: ${printHours(hours)}`,
    }));
}

/**
 * The event of a pause. A session has one pause at a time, so a changed pause keeps its event id. A pause without an
 * end lasts to the end of the calendar.
 */
function pauseEvent(profile: Profile, pause: Interval, span: Interval): CalendarEvent {
  const { id, name, current_work } = profile;
  return {
    from: pause.from,
    to: Number.isFinite(pause.to) ? pause.to : span.to,
    uid: `${idOf(profile)}-paused`,
    summary: `${name} is paused`,
    description: current_work === "" ? id : `${id}: ${current_work}`,
  };
}

/** An id for events. Two hubs may have sessions of the same id, but hardly registered in the same second. */
function idOf({ id, registered_at }: Profile): string {
  return `${id}-${Date.parse(registered_at) / 1000}`;
}
