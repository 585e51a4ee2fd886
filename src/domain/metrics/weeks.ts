import { groupBy } from "../queries/group.ts";
import { isoWeek } from "../queries/iso-week.ts";
import { known, type Timed } from "./request-times.ts";
import { spreadOf } from "./spread.ts";

/** What is counted of a week: requests made and completed in it, and how long those made in it took to be accepted. */
export interface Week {
  readonly week: string;
  readonly made: number;
  readonly completed: number;
  readonly accept_seconds_p50: number | null;
}

/** The weeks in which something was made or completed, in their order. */
export function weeksOf(timed: readonly Timed[]): Week[] {
  const made = groupBy(timed, ({ request }) => [isoWeek(request.created_at)]);
  const completed = groupBy(timed, ({ times: { completedAt } }) =>
    completedAt === undefined ? [] : [isoWeek(completedAt)],
  );
  return [...new Set([...made.keys(), ...completed.keys()])].sort().map((week) => ({
    week,
    made: made.get(week)?.length ?? 0,
    completed: completed.get(week)?.length ?? 0,
    accept_seconds_p50: spreadOf(known(made.get(week) ?? [], "accepted")).p50,
  }));
}
