import type { Instant } from "../values/instant.ts";

const DAY_MS = 86_400_000;

/** The ISO week an instant lies in by UTC, as `2026-W05`: weeks start on Monday and belong to the year of their Thursday. */
export function isoWeek(at: Instant): string {
  const day = new Date(at);
  const thursday = new Date(startOfDay(day) + (4 - (day.getUTCDay() || 7)) * DAY_MS);
  const year = thursday.getUTCFullYear();
  const week = Math.floor((thursday.getTime() - Date.UTC(year, 0, 1)) / (7 * DAY_MS)) + 1;
  return `${year}-W${String(week).padStart(2, "0")}`;
}

/** So many weeks in their order, of which the last is the one an instant lies in. */
export function lastWeeks(number: number, now: Instant): string[] {
  const today = startOfDay(new Date(now));
  return Array.from({ length: number }, (_, index) =>
    isoWeek(new Date(today - (number - 1 - index) * 7 * DAY_MS).toISOString()),
  );
}

function startOfDay(day: Date): number {
  return Date.UTC(day.getUTCFullYear(), day.getUTCMonth(), day.getUTCDate());
}
