import type { Instant } from "../values/instant.ts";
import { formatAge, secondsBetween } from "../values/time.ts";
import { bad, type Check, note, ok } from "./check.ts";

/** Clocks that differ by at most this are in order. */
const TOLERANCE_SECONDS = 120;

/** A commit by a session, dated by the clock of its host. */
export interface DatedCommit {
  readonly commit: string;
  readonly session: string;
  readonly at: Instant;
  /** Whether this host's session made it. */
  readonly isOwn: boolean;
}

const COMPARE = "Compare this host's clock with the real time: date -u";

/**
 * Judges this host's clock by the newest commits, newest first. A commit that comes after another one and is dated
 * before it shows that two clocks differ, or that the later operation waited while its host was offline. One that waited
 * follows only one of this host's commits, so two of them must be followed before the clock is called wrong. The time at
 * the hub, where it is known, tells it without any commit.
 */
export function judgeClock(commits: readonly DatedCommit[], now: Instant, hubTime?: Instant): Check {
  if (hubTime !== undefined && secondsBetween(hubTime, now) > TOLERANCE_SECONDS)
    return bad(
      "clock",
      `This host's clock is ${formatAge(secondsBetween(hubTime, now))} ahead of the hub: here it is ${now}, at the hub ${hubTime}.`,
      `${COMPARE}; if it is right, tell the hub's owner`,
    );
  const future = commits.filter(({ isOwn, at }) => !isOwn && secondsBetween(now, at) > TOLERANCE_SECONDS);
  const [latest] = [...future].sort((a, b) => secondsBetween(a.at, b.at));
  if (latest) return judgeFuture(latest, new Set(future.map(({ session }) => session)), now);
  const overtaken = commits.flatMap((own, index) => {
    const next = own.isOwn ? commits.slice(0, index).findLast(({ isOwn }) => !isOwn) : undefined;
    return next && secondsBetween(next.at, own.at) > TOLERANCE_SECONDS ? [{ own, next }] : [];
  });
  const [pair] = overtaken;
  if (pair === undefined) return ok("clock", "This host's clock agrees with the commits of other hosts.");
  const { own, next } = pair;
  const followers = new Set(overtaken.map((each) => each.next.commit));
  const facts = `Commit ${next.commit.slice(0, 7)} of ${next.session} came after this host's ${own.commit.slice(0, 7)} and is dated ${formatAge(secondsBetween(next.at, own.at))} before it`;
  return followers.size > 1
    ? bad("clock", `This host's clock is ahead. ${facts}.`, COMPARE)
    : note(
        "clock",
        `${facts}: it waited while its host was offline, or this host's clock is ahead.`,
        COMPARE,
      );
}

function judgeFuture(latest: DatedCommit, sessions: ReadonlySet<string>, now: Instant): Check {
  const ahead = formatAge(secondsBetween(now, latest.at));
  if (sessions.size > 1)
    return bad(
      "clock",
      `This host's clock is behind: ${sessions.size} sessions of other hosts date their commits up to ${ahead} ahead of it.`,
      COMPARE,
    );
  return bad(
    "clock",
    `This host's clock is behind, or that of ${latest.session} is ahead: its commit ${latest.commit.slice(0, 7)} is dated ${ahead} ahead.`,
    `${COMPARE}; if it is right, tell that session to check its clock`,
  );
}
