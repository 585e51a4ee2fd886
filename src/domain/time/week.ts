/** The days of the week in full, Monday first. */
export const DAYS: readonly string[] = [
  "monday",
  "tuesday",
  "wednesday",
  "thursday",
  "friday",
  "saturday",
  "sunday",
];

/** The names of the days in texts, Monday first. */
export const DAY_NAMES = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"] as const;

/** The day that a word like `Mon`, `tues` or `Friday` names, from Monday 0 to Sunday 6; undefined for no day. */
export function dayOf(word: string): number | undefined {
  const found = word.length < 2 ? -1 : DAYS.findIndex((day) => day.startsWith(word.toLowerCase()));
  return found < 0 ? undefined : found;
}

/** The minute of the day that a time like `9`, `09:00` or `24:00` names; undefined for any other text. */
export function minuteOf(word: string): number | undefined {
  const [, hours, minutes = "00"] = /^(\d{1,2})(?::([0-5]\d))?$/.exec(word) ?? [];
  const minute = Number(hours) * 60 + Number(minutes);
  return hours === undefined || minute > 1440 ? undefined : minute;
}

/** A minute of the day as a clock time like `09:00`; the end of the day is `24:00`. */
export function showMinute(minute: number): string {
  return [Math.floor(minute / 60), minute % 60].map((part) => String(part).padStart(2, "0")).join(":");
}
