import type { Reminder } from "../../domain/requests/reminders.ts";
import { makeVisible } from "../../domain/values/visible.ts";

/** So many of each kind are shown; the rest is counted. */
const MOST = 3;

/** What waits, a line each with the command to run next. */
export function renderReminders(reminders: readonly Reminder[]): string[] {
  return (["waiting", "held", "unanswered"] as const).flatMap((kind) => {
    const all = reminders.filter((each) => each.kind === kind);
    const more = all.length > MOST ? [`${all.length - MOST} more: hive sync --json`] : [];
    return [
      ...all.slice(0, MOST).map(({ text, next }) => `${makeVisible(text)}. Next: ${makeVisible(next)}`),
      ...more,
    ];
  });
}
