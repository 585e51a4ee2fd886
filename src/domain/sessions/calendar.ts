import type { Snapshot } from "../snapshot.ts";
import { AHEAD_MS, type CalendarEvent } from "../time/encode-calendar.ts";
import { printHours } from "../time/print-hours.ts";
import { weeklyRules } from "../time/weekly-rules.ts";
import { DAY_MS, type Zone } from "../time/zone.ts";
import type { Instant } from "../values/instant.ts";
import { inOrderOf } from "../values/order.ts";
import { secondsBetween, toInstant } from "../values/time.ts";
import { pauseOf, readHours } from "./away.ts";
import type { Heartbeat, Profile } from "./session.ts";
import { weekOf } from "./timetable.ts";

/** How many days from the Monday of this week a pause without an end lasts in a calendar. */
const ENDLESS_DAYS = 28;

/** The weekly hours and the pauses of sessions as events. `zone` says when a week begins. */
export function calendar(
  state: Pick<Snapshot, "heartbeats">,
  profiles: Iterable<Profile>,
  zone: Zone,
  now: Instant,
): CalendarEvent[] {
  const end =
    weekOf(zone, Date.parse(now), ENDLESS_DAYS).at(-1)?.to ?? Date.parse(now) + ENDLESS_DAYS * DAY_MS;
  const sorted = [...profiles].sort(inOrderOf(({ id }) => id));
  return sorted.flatMap((profile) => [
    ...hoursOf(profile, now),
    ...pauseEvents(profile, state.heartbeats.get(profile.id), end, now),
  ]);
}

/** An event for each window of the week; a changed window keeps its event id. */
function hoursOf(profile: Profile, now: Instant): CalendarEvent[] {
  const hours = readHours(profile);
  if (!hours) return [];
  // What a session said of its hours before is not known.
  const since = Math.min(Date.parse(profile.updated_at), Date.parse(now));
  return weeklyRules(hours, { from: since, to: Date.parse(now) + AHEAD_MS }).map((rule, index) => ({
    uid: `${idOf(profile)}-hours-${index + 1}`,
    sequence: sequenceOf(profile, profile.updated_at),
    when: rule,
    summary: `${profile.name} is available`,
    description: `${profile.id}: ${printHours(hours)}`,
  }));
}

/** The event of a pause. A session has one pause at a time, so a changed pause keeps its event id. */
function pauseEvents(
  profile: Profile,
  heartbeat: Heartbeat | undefined,
  end: number,
  now: Instant,
): CalendarEvent[] {
  const pause = pauseOf(profile, heartbeat, now);
  if (!pause) return [];
  const { id, name, current_work } = profile;
  const changed = [profile.updated_at, heartbeat?.last_heartbeat ?? profile.updated_at].map(Date.parse);
  return [
    {
      uid: `${idOf(profile)}-paused`,
      sequence: sequenceOf(profile, toInstant(Math.max(...changed))),
      when: { from: pause.from, to: Number.isFinite(pause.to) ? pause.to : end },
      summary: `${name} is paused`,
      description: current_work === "" ? id : `${id}: ${current_work}`,
    },
  ];
}

/** An id for events. Two hubs may have sessions of the same id, but hardly registered in the same second. */
function idOf({ id, registered_at }: Profile): string {
  return `${id}-${Date.parse(registered_at) / 1000}`;
}

/** A number that grows with each change, and is the same in two exports of the same state. */
function sequenceOf({ registered_at }: Profile, changed: Instant): number {
  return Math.max(0, Math.floor(secondsBetween(registered_at, changed)));
}
