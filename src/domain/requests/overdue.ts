import type { Settings } from "../hub/settings.ts";
import type { Instant } from "../values/instant.ts";
import { formatAge, secondsBetween, toInstant } from "../values/time.ts";
import type { Collaboration } from "./collaboration.ts";

/** The hub's limit for requests without a deadline of their own. */
type Limits = Pick<Settings, "requests">;

/**
 * Until when a pending request waits for an answer: its own deadline, else as long as the hub's settings say. A request
 * that went back to pending waits anew, but for a deadline that is still to come.
 */
export function dueAt({ deadline, created_at, history }: Collaboration, { requests }: Limits): Instant {
  const since = history.findLast(({ returned_from }) => returned_from !== undefined)?.at ?? created_at;
  if (deadline !== undefined && secondsBetween(since, deadline) > 0) return deadline;
  return toInstant(Date.parse(since) + requests.expire_after * 1000);
}

/** Whether a pending request was not answered in time, whether or not anybody has written down that it expired. */
export function isOverdue(request: Collaboration, limits: Limits, now: Instant): boolean {
  return request.status === "pending" && secondsBetween(dueAt(request, limits), now) > 0;
}

/** What a list says of the time of a pending request; without a deadline of its own only that it is overdue. */
export function describeLimit(request: Collaboration, limits: Limits, now: Instant): string | undefined {
  const left = secondsBetween(now, dueAt(request, limits));
  if (isOverdue(request, limits, now)) return `overdue, past its deadline by ${formatAge(-left)}`;
  return request.deadline === undefined ? undefined : `${formatAge(left)} left`;
}
