import { DAY_MINUTES, type Hours, isAlways, WEEK_MINUTES } from "./hours.ts";
import type { Interval } from "./interval.ts";
import { DAY_NAMES, showMinute } from "./week.ts";

/** The one normalized text of hours, however a user wrote them. `parseHours` returns the same hours for it. */
export function printHours(hours: Hours): string {
  if (isAlways(hours)) return "24/7";
  const windows = hours.spans.flatMap(cutAtMidnights).sort((a, b) => a.from - b.from);
  const byDay = DAY_NAMES.map((_, day) =>
    windows
      .filter(({ from }) => Math.floor(from / DAY_MINUTES) === day)
      .map(printTimes)
      .join(","),
  );
  const lines = [...new Set(byDay)]
    .filter((times) => times !== "")
    .map((times) => `${printDays(byDay.map((each) => each === times))} ${times}`);
  return `${lines.join("; ")} ${hours.zone.name}`;
}

/** Cuts a span of a day or longer at each midnight. A shorter span, such as a night, stays one window. */
function cutAtMidnights({ from, to }: Interval): Interval[] {
  const midnight = (Math.floor(from / DAY_MINUTES) + 1) * DAY_MINUTES;
  const week = Math.floor(from / WEEK_MINUTES) * WEEK_MINUTES;
  if (to <= midnight || to - from < DAY_MINUTES) return [{ from: from - week, to: to - week }];
  return [...cutAtMidnights({ from, to: midnight }), ...cutAtMidnights({ from: midnight, to })];
}

function printTimes({ from, to }: Interval): string {
  const start = from % DAY_MINUTES;
  const end = start + (to - from);
  return `${showMinute(start)}-${showMinute(end > DAY_MINUTES ? end - DAY_MINUTES : end)}`;
}

/** The days as text, like `Mon-Fri`, `Sat,Sun` or `Mon,Wed-Fri`. */
function printDays(days: readonly boolean[]): string {
  const runs: number[][] = [];
  for (const [day, isOn] of days.entries()) {
    const run = runs.at(-1);
    if (isOn && run?.at(-1) === day - 1) run.push(day);
    else if (isOn) runs.push([day]);
  }
  return runs
    .map((run) => run.map((day) => DAY_NAMES[day]))
    .flatMap((names) => (names.length > 2 ? `${names[0]}-${names.at(-1)}` : names))
    .join(",");
}
