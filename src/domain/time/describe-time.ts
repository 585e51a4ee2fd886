import { DAY_MINUTES, minuteOfWeek } from "./hours.ts";
import { DAY_NAMES } from "./week.ts";
import { DAY, type Zone } from "./zone.ts";

/**
 * A time to come as people read it, by the clocks of a zone: `17:00 Europe/Berlin` today, `Mon 09:00 Europe/Berlin`
 * within a week, `2026-02-09 09:00 Europe/Berlin` later. Both in milliseconds since the epoch.
 */
export function describeTime(instant: number, zone: Zone, now: number): string {
  const [wall, today] = [zone.wallAt(instant), zone.wallAt(now)];
  const days = Math.floor(wall / DAY) - Math.floor(today / DAY);
  const date = days === 0 ? "" : days > 0 && days < 7 ? `${dayNameOf(wall)} ` : `${dateOf(wall)} `;
  return `${date}${clockOf(wall)} ${zone.name}`;
}

/** `2026-02-09` of a wall time. */
export function dateOf(wall: number): string {
  return new Date(wall).toISOString().slice(0, 10);
}

/** `09:00` of a wall time. */
export function clockOf(wall: number): string {
  return new Date(wall).toISOString().slice(11, 16);
}

/** `Mon` of a wall time. */
export function dayNameOf(wall: number): string {
  return DAY_NAMES[Math.floor(minuteOfWeek(wall) / DAY_MINUTES)] ?? "";
}
