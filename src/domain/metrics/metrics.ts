import type { Settings } from "../hub/settings.ts";
import type { LogEntry } from "../log.ts";
import { CollaborationStatus } from "../requests/collaboration.ts";
import { isOpen } from "../requests/moves.ts";
import { isOverdue } from "../requests/overdue.ts";
import { type SyncView, sync } from "../sessions/overview.ts";
import type { Snapshot } from "../snapshot.ts";
import { countWords } from "../values/group-by.ts";
import type { SessionId } from "../values/ids.ts";
import type { Instant } from "../values/instant.ts";
import { compareTexts } from "../values/order.ts";
import { secondsBetween } from "../values/time.ts";
import { known, type Timed } from "./request-times.ts";
import { type Spread, spreadOf } from "./spread.ts";
import { type Week, weeksOf } from "./weeks.ts";

export interface Metrics {
  readonly at: Instant;
  readonly since: Instant | null;
  readonly sessions: { registered: number } & Omit<SyncView["summary"], "total">;
  readonly collaborations: {
    readonly total: number;
    readonly open: number;
    readonly by_status: Readonly<Record<CollaborationStatus, number>>;
    /** From the creation to the first answer, to the acceptance, and to the completion. */
    readonly response_seconds: Spread;
    readonly accept_seconds: Spread;
    readonly complete_seconds: Spread;
    /** Completed requests divided by ended requests; null if no request has ended. */
    readonly completion_rate: number | null;
    /** Pending requests whose deadline has passed, whether or not anybody has written down that they expired. */
    readonly overdue: number;
    readonly unanswered: { count: number; oldest_seconds: number | null };
    /** The number of impossible instants, which are not counted. */
    readonly left_out: number;
  };
  readonly handovers: { made: number; open: number; resumed: number };
  /**
   * Refusals in the history, by kind. Most refusals leave no commit; only those that other hosts could see are
   * recorded.
   */
  readonly refused: { total: number; by_kind: Readonly<Record<string, number>>; whole_history: boolean };
  /** Open requests by holder, most first; and open requests without a holder. */
  readonly load: readonly { session: SessionId; open: number }[];
  readonly unassigned: number;
  readonly weeks: readonly Week[];
}

/** The figures of a hub's requests. They do not depend on the order in which files were read. */
export function metrics(
  state: Pick<Snapshot, "settings" | "sessions" | "heartbeats">,
  timed: readonly Timed[],
  refusals: { readonly entries: readonly LogEntry[]; readonly isWhole: boolean },
  { since, now }: { readonly since: Instant | undefined; readonly now: Instant },
): Metrics {
  const { total: registered, ...summary } = sync(state, now).summary;
  const open = timed.filter(({ request }) => isOpen(request));
  return {
    at: now,
    since: since ?? null,
    sessions: { registered, ...summary },
    collaborations: { total: timed.length, open: open.length, ...summarize(timed, state.settings, now) },
    handovers: countHandovers(timed),
    refused: countRefused(refusals),
    load: loadOf(open),
    unassigned: open.filter(({ request }) => request.to_session === null).length,
    weeks: weeksOf(timed),
  };
}

function summarize(timed: readonly Timed[], settings: Settings, now: Instant) {
  const by_status = Object.fromEntries(
    CollaborationStatus.options.map((status) => [
      status,
      timed.filter(({ request }) => request.status === status).length,
    ]),
  ) as Record<CollaborationStatus, number>;
  const ended = timed.filter(({ request }) => !isOpen(request)).length;
  const ages = timed.flatMap(({ request }) =>
    request.status === "pending" ? [Math.max(0, secondsBetween(request.created_at, now))] : [],
  );
  return {
    by_status,
    response_seconds: spreadOf(known(timed, "answered")),
    accept_seconds: spreadOf(known(timed, "accepted")),
    complete_seconds: spreadOf(known(timed, "completed")),
    completion_rate: ended === 0 ? null : by_status.completed / ended,
    overdue: timed.filter(({ request }) => isOverdue(request, settings, now)).length,
    unanswered: { count: ages.length, oldest_seconds: ages.sort((a, b) => b - a)[0] ?? null },
    left_out: timed.reduce((sum, { times }) => sum + times.leftOut, 0),
  };
}

function countHandovers(timed: readonly Timed[]): Metrics["handovers"] {
  const made = timed.filter(({ request }) => request.handoff !== undefined);
  const isResumed = ({ request }: Timed) => request.history.some(({ status }) => status === "accepted");
  const open = made.filter(({ request }) => request.status === "pending").length;
  return { made: made.length, open, resumed: made.filter(isResumed).length };
}

function countRefused({ entries, isWhole }: Parameters<typeof metrics>[2]): Metrics["refused"] {
  const kinds = entries.map(({ subject }) => /^refuse ([a-z-]{1,32}) by /.exec(subject)?.[1] ?? "other");
  return { total: kinds.length, by_kind: countWords(kinds), whole_history: isWhole };
}

function loadOf(open: readonly Timed[]): Metrics["load"] {
  const holders = open.flatMap(({ request }) => request.to_session ?? []);
  return Object.entries(countWords(holders))
    .map(([session, number]) => ({ session: session as SessionId, open: number }))
    .sort((a, b) => b.open - a.open || compareTexts(a.session, b.session));
}
