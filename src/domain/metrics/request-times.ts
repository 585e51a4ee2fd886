import type { Collaboration } from "../requests/collaboration.ts";
import { CLOCK_TOLERANCE_SECONDS } from "../sessions/presence.ts";
import type { Snapshot } from "../snapshot.ts";
import type { Instant } from "../values/instant.ts";
import { secondsBetween } from "../values/time.ts";

/** How many seconds after it was made a request came to something; undefined where it did not, or nobody knows when. */
interface RequestTimes {
  /** Accepted or declined. */
  readonly answered: number | undefined;
  readonly accepted: number | undefined;
  readonly completed: number | undefined;
  readonly completedAt: Instant | undefined;
  /** Steps whose instant cannot be: before the request itself, in the future, or made up for a request without one. */
  readonly leftOut: number;
}

/** The times of a request by its history: the first answer, the first acceptance, the last completion. */
function timesOf(request: Collaboration, now: Instant): RequestTimes {
  const { history } = request;
  const steps = [
    history.find(({ status }) => status === "accepted" || status === "declined"),
    history.find(({ status }) => status === "accepted"),
    history.findLast(({ status }) => status === "completed"),
  ];
  const seconds = steps.map((step) => step && secondsAfter(request, step.at, now));
  const odd = new Set(steps.filter((step, index) => step && seconds[index] === undefined));
  const [answered, accepted, completed] = seconds;
  return {
    answered,
    accepted,
    completed,
    completedAt: completed === undefined ? undefined : steps[2]?.at,
    leftOut: odd.size,
  };
}

/** Undefined where the two instants cannot both be right. */
function secondsAfter(
  { created_at, seed_time }: Collaboration,
  at: Instant,
  now: Instant,
): number | undefined {
  const seconds = secondsBetween(created_at, at);
  const isOdd = seconds < 0 || secondsBetween(now, at) > CLOCK_TOLERANCE_SECONDS || seed_time === "unknown";
  return isOdd ? undefined : seconds;
}

/** A request with its times. */
export interface Timed {
  readonly request: Collaboration;
  readonly times: RequestTimes;
}

/** Every request that was made since an instant, once, with its times as a reader's clock has them. */
export function timedRequests(
  state: Pick<Snapshot, "collaborations" | "archived">,
  since: Instant | undefined,
  now: Instant,
): Timed[] {
  // One that somebody put into both folders is taken for open.
  const all = new Map([...state.archived, ...state.collaborations]);
  return [...all.values()]
    .filter(({ created_at }) => since === undefined || Date.parse(created_at) >= Date.parse(since))
    .map((request) => ({ request, times: timesOf(request, now) }));
}

/** The times of one sort that are known. */
export function known(timed: readonly Timed[], key: "answered" | "accepted" | "completed"): number[] {
  return timed.flatMap(({ times }) => times[key] ?? []);
}
