import type { LogEntry } from "../log.ts";
import { CollaborationStatus } from "../requests/collaboration.ts";
import { isOpen } from "../requests/moves.ts";
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
    /** From the asking to the first answer, to the acceptance, to the completion. */
    readonly response_seconds: Spread;
    readonly accept_seconds: Spread;
    readonly complete_seconds: Spread;
    /** Completed ones of those that have ended; null where none has. */
    readonly completion_rate: number | null;
    readonly unanswered: { count: number; oldest_seconds: number | null };
    /** Instants that cannot be, and so were not reckoned with. */
    readonly left_out: number;
  };
  readonly handovers: { made: number; open: number; resumed: number };
  /** Refusals that the history holds, by kind. Most leave no trace: only what other hosts could see is recorded. */
  readonly refused: { total: number; by_kind: Readonly<Record<string, number>>; whole_history: boolean };
  /** Open requests by who has them, most first, and those that nobody has yet. */
  readonly load: readonly { session: SessionId; open: number }[];
  readonly unassigned: number;
  readonly weeks: readonly Week[];
}

/** What a hub's requests come to. Whatever order its files were read in, the figures are the same. */
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
    collaborations: { total: timed.length, open: open.length, ...weigh(timed, now) },
    handovers: countHandovers(timed),
    refused: countRefused(refusals),
    load: loadOf(open),
    unassigned: open.filter(({ request }) => request.to_session === null).length,
    weeks: weeksOf(timed),
  };
}

function weigh(timed: readonly Timed[], now: Instant) {
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
