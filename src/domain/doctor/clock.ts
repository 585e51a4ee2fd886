import type { Instant } from "../values/instant.ts";
import { formatAge, secondsBetween } from "../values/time.ts";
import { bad, type Check, ok } from "./check.ts";

/** Clocks that differ by at most this are in order. */
const TOLERANCE_SECONDS = 120;

/** A commit by a session of another host, dated by that host's clock. */
export interface DatedCommit {
  readonly commit: string;
  readonly session: string;
  readonly at: Instant;
}

/**
 * Judges the clocks by commits dated in this host's future. A date in the past proves nothing, because the commit may
 * be old; a date in the future cannot be right by both clocks.
 */
export function judgeClock(commits: readonly DatedCommit[], now: Instant): Check {
  const [latest] = [...commits].sort((a, b) => Date.parse(b.at) - Date.parse(a.at));
  const ahead = latest === undefined ? 0 : secondsBetween(now, latest.at);
  if (latest === undefined || ahead <= TOLERANCE_SECONDS)
    return ok("clock", "No commit of another host is dated in this host's future.");
  return bad(
    "clock",
    `Commit ${latest.commit.slice(0, 7)} of ${latest.session} is dated ${formatAge(ahead)} ahead of this host's clock: one of the two clocks is wrong.`,
    "Compare this host's clock with the real time (date -u); if it is right, tell that session to check its clock",
  );
}
