import type { Collaboration } from "../requests/collaboration.ts";
import { CLOCK_TOLERANCE_SECONDS } from "../sessions/presence.ts";
import type { Snapshot } from "../snapshot.ts";
import type { Instant } from "../values/instant.ts";
import { secondsBetween } from "../values/time.ts";

/**
 * Seconds from the creation of a request to its steps; undefined for a step that did not happen or whose instant is
 * unknown.
 */
interface RequestTimes {
  /** Accepted or declined. */
  readonly answered: number | undefined;
  readonly accepted: number | undefined;
  readonly completed: number | undefined;
  readonly completedAt: Instant | undefined;
  /**
   * The number of steps with an impossible instant: before the request, in the future, or in a request whose own
   * instant is unknown.
   */
  readonly leftOut: number;
}

/** Reads the times from a request's history: the first answer, the first acceptance, the last completion. */
function timesOf(request: Collaboration, now: Instant): RequestTimes {
  const { history } = request;
  const steps = [
    history.find(({ status }) => status === "accepted" || status === "declined"),
    history.find(({ status }) => status === "accepted"),
    history.findLast(({ status }) => status === "completed"),
  ];
  const seconds = steps.map((step) => step && secondsAfter(request, step.at, now));
  const impossible = new Set(steps.filter((step, index) => step && seconds[index] === undefined));
  const [answered, accepted, completed] = seconds;
  return {
    answered,
    accepted,
    completed,
    completedAt: completed === undefined ? undefined : steps[2]?.at,
    leftOut: impossible.size,
  };
}

/** Seconds from the request to an instant; undefined if the two instants cannot both be right. */
function secondsAfter(
  { created_at, seed_time }: Collaboration,
  at: Instant,
  now: Instant,
): number | undefined {
  const seconds = secondsBetween(created_at, at);
  const isImpossible =
    seconds < 0 || secondsBetween(now, at) > CLOCK_TOLERANCE_SECONDS || seed_time === "unknown";
  return isImpossible ? undefined : seconds;
}

export interface Timed {
  readonly request: Collaboration;
  readonly times: RequestTimes;
}

/** Every request made since an instant, once, with its times. The reader's clock decides what is in the future. */
export function timedRequests(
  state: Pick<Snapshot, "collaborations" | "archived">,
  since: Instant | undefined,
  now: Instant,
): Timed[] {
  // A request that is in both folders counts as open.
  const all = new Map([...state.archived, ...state.collaborations]);
  return [...all.values()]
    .filter(({ created_at }) => since === undefined || Date.parse(created_at) >= Date.parse(since))
    .map((request) => ({ request, times: timesOf(request, now) }));
}

/** The known times of one kind. */
export function known(timed: readonly Timed[], key: "answered" | "accepted" | "completed"): number[] {
  return timed.flatMap(({ times }) => times[key] ?? []);
}
