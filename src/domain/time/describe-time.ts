import { DAY_MINUTES, minuteOfWeek } from "./hours.ts";
import { DAY_NAMES } from "./week.ts";
import { DAY_MS, type Zone } from "./zone.ts";

/**
 * A future time for users to read, in a zone: `17:00 Europe/Berlin` today, `Mon 09:00 Europe/Berlin` within a week,
 * `2026-02-09 09:00 Europe/Berlin` later. `instant` and `now` are in milliseconds since the epoch.
 */
export function describeTime(instant: number, zone: Zone, now: number): string {
  const [wall, today] = [zone.wallAt(instant), zone.wallAt(now)];
  const days = Math.floor(wall / DAY_MS) - Math.floor(today / DAY_MS);
  const date = days === 0 ? "" : days > 0 && days < 7 ? `${dayNameOf(wall)} ` : `${dateOf(wall)} `;
  return `${date}${clockOf(wall)} ${zone.name}`;
}

/** The date of a wall time, like `2026-02-09`. */
export function dateOf(wall: number): string {
  return new Date(wall).toISOString().slice(0, 10);
}

/** The clock time of a wall time, like `09:00`. */
export function clockOf(wall: number): string {
  return new Date(wall).toISOString().slice(11, 16);
}

/** The weekday of a wall time, like `Mon`. */
export function dayNameOf(wall: number): string {
  return DAY_NAMES[Math.floor(minuteOfWeek(wall) / DAY_MINUTES)] ?? "";
}
