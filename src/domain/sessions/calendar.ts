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

/** A calendar reaches so far, from the Monday of this week on: who asks again gets the weeks that follow. */
const DAYS = 28;
/** Windows are looked for so far beyond both ends, so that one that reaches over an end is told whole. */
const BEYOND = 8 * DAY_MS;

/** The windows and pauses of sessions as events: four weeks from this week's Monday on, by the clocks of a zone. */
export function calendar(
  state: Pick<Snapshot, "heartbeats">,
  profiles: Iterable<Profile>,
  zone: Zone,
  now: Instant,
): CalendarEvent[] {
  const days = weekOf(zone, Date.parse(now), DAYS);
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
  const [start, end] = [from - BEYOND, to + BEYOND];
  return openings(hours, start, end)
    .filter((each) => each.from < to && each.to > from)
    .map((each) => ({
      // What has no beginning or no end begins and ends with the calendar.
      from: each.from === start ? from : each.from,
      to: each.to === end ? to : each.to,
    }))
    .map((each) => ({
      ...each,
      uid: `${idOf(profile)}-${each.from / 1000}`,
      summary: `${profile.name} is there`,
      description: `${profile.id}: ${printHours(hours)}`,
    }));
}

/**
 * A session has one pause at a time: said anew, it is the same event at another time. One without an end takes all
 * that is left.
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

/** Two hubs may each have a session of that id; that both were registered in the same second is not expected. */
function idOf({ id, registered_at }: Profile): string {
  return `${id}-${Date.parse(registered_at) / 1000}`;
}
