import { isOpen } from "../requests/moves.ts";
import type { Snapshot } from "../snapshot.ts";
import { groupByEach } from "../values/group-by.ts";
import { compareTexts } from "../values/order.ts";
import { known, type Timed } from "./request-times.ts";
import { spreadOf } from "./spread.ts";

/** The figures of one session's requests, or of the requests about one skill. */
export interface Share {
  readonly key: string;
  /** The requests that the session made; null for a skill. */
  readonly asked: number | null;
  readonly received: number;
  readonly answered: number;
  readonly completed: number;
  readonly open: number;
  readonly response_seconds_p50: number | null;
  readonly complete_seconds_p50: number | null;
}

export const BY = ["session", "skill"] as const;
export type By = (typeof BY)[number];

/** The row for requests without a skill. */
const NO_SKILL = "(none)";

/**
 * The requests by session or by skill, most received first. A session's received requests are those that it holds
 * now, so all sessions and the unassigned requests add up to the total. A request is about the skill that it names,
 * else about each specialization of its holder; so the skills may add up to more than the total.
 */
export function metricsBy(by: By, timed: readonly Timed[], sessions: Snapshot["sessions"]): Share[] {
  const shares = by === "session" ? bySession(timed, sessions) : bySkill(timed, sessions);
  return shares.sort((a, b) => b.received - a.received || compareTexts(a.key, b.key));
}

function bySession(timed: readonly Timed[], sessions: Snapshot["sessions"]): Share[] {
  const received = groupByEach(timed, ({ request: { to_session } }) =>
    to_session === null ? [] : [to_session],
  );
  const asked = groupByEach(timed, ({ request }) => [request.from_session]);
  const keys = new Set([...sessions.keys(), ...received.keys(), ...asked.keys()]);
  return [...keys].map((key) => shareOf(key, received.get(key) ?? [], asked.get(key)?.length ?? 0));
}

function bySkill(timed: readonly Timed[], sessions: Snapshot["sessions"]): Share[] {
  const received = groupByEach(timed, ({ request: { to_session, to_capability } }) => {
    if (typeof to_capability === "string") return [nameOf(to_capability)];
    const skills = to_session === null ? [] : (sessions.get(to_session)?.specialization ?? []);
    return skills.length === 0 ? [NO_SKILL] : [...new Set(skills.map(nameOf))];
  });
  return [...received].map(([skill, requests]) => shareOf(skill, requests, null));
}

/** The name of a skill; skills that differ only in case or surrounding space are the same. */
function nameOf(skill: string): string {
  return skill.trim().toLowerCase();
}

function shareOf(key: string, received: readonly Timed[], asked: number | null): Share {
  const answered = received.filter(({ request }) =>
    request.history.some(({ status }) => status === "accepted" || status === "declined"),
  );
  return {
    key,
    asked,
    received: received.length,
    answered: answered.length,
    completed: received.filter(({ request }) => request.status === "completed").length,
    open: received.filter(({ request }) => isOpen(request)).length,
    response_seconds_p50: spreadOf(known(received, "answered")).p50,
    complete_seconds_p50: spreadOf(known(received, "completed")).p50,
  };
}
