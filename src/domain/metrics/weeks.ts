import { groupByEach } from "../values/group-by.ts";
import type { Instant } from "../values/instant.ts";
import { known, type Timed } from "./request-times.ts";
import { spreadOf } from "./spread.ts";

/**
 * The figures of one week: requests made and completed in it, and the median time until requests made in it were
 * accepted.
 */
export interface Week {
  readonly week: string;
  readonly made: number;
  readonly completed: number;
  readonly accept_seconds_p50: number | null;
}

/** The weeks in which a request was made or completed, in order. */
export function weeksOf(timed: readonly Timed[]): Week[] {
  const made = groupByEach(timed, ({ request }) => [isoWeek(request.created_at)]);
  const completed = groupByEach(timed, ({ times: { completedAt } }) =>
    completedAt === undefined ? [] : [isoWeek(completedAt)],
  );
  return [...new Set([...made.keys(), ...completed.keys()])].sort().map((week) => ({
    week,
    made: made.get(week)?.length ?? 0,
    completed: completed.get(week)?.length ?? 0,
    accept_seconds_p50: spreadOf(known(made.get(week) ?? [], "accepted")).p50,
  }));
}

const DAY_MS = 86_400_000;

/**
 * The ISO week of an instant in UTC, such as `2026-W05`. Weeks start on Monday and belong to the year of their
 * Thursday.
 */
export function isoWeek(at: Instant): string {
  const day = new Date(at);
  const thursday = new Date(startOfDay(day) + (4 - (day.getUTCDay() || 7)) * DAY_MS);
  const year = thursday.getUTCFullYear();
  const week = Math.floor((thursday.getTime() - Date.UTC(year, 0, 1)) / (7 * DAY_MS)) + 1;
  return `${year}-W${String(week).padStart(2, "0")}`;
}

/** A number of consecutive weeks in order. The last is the week of the given instant. */
export function lastWeeks(number: number, now: Instant): string[] {
  const today = startOfDay(new Date(now));
  return Array.from({ length: number }, (_, index) =>
    isoWeek(new Date(today - (number - 1 - index) * 7 * DAY_MS).toISOString()),
  );
}

function startOfDay(day: Date): number {
  return Date.UTC(day.getUTCFullYear(), day.getUTCMonth(), day.getUTCDate());
}
