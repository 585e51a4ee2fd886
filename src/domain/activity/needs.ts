import { openQuestions } from "../inbox/mail.ts";
import { isOpen } from "../requests/moves.ts";
import { openNeed } from "../sessions/need.ts";
import type { Need } from "../sessions/session.ts";
import type { Snapshot } from "../snapshot.ts";
import { groupBy } from "../values/group-by.ts";
import type { SessionId, Ulid } from "../values/ids.ts";
import type { Instant } from "../values/instant.ts";
import { compareTexts } from "../values/order.ts";

/** The parts of a hub that tell which sessions wait for their human, and whom they block. */
export const NEEDS_PARTS = ["settings", "sessions", "heartbeats", "collaborations", "messages"] as const;

type State = Pick<Snapshot, (typeof NEEDS_PARTS)[number]>;

/** A session that waits for its human. */
export interface WaitingSession {
  readonly session: SessionId;
  readonly id: Ulid;
  readonly question: string;
  readonly options: readonly string[];
  readonly since: Instant;
  /** Whether its coding tool asks: only the tool takes that answer. */
  readonly by_tool: boolean;
  /** The other sessions that wait for this one. */
  readonly blocks: readonly SessionId[];
  /** The command that answers. */
  readonly next: string;
}

/** The sessions that wait for their human: those that block most others first, then those that wait longest. */
export function needsIn(state: State, now: Instant): WaitingSession[] {
  const blocked = blockedSessions(state);
  return [...state.sessions.values()]
    .flatMap((profile) => {
      const need = openNeed(profile, state.heartbeats.get(profile.id), state.settings, now);
      return need === undefined ? [] : [viewNeed(profile.id, need, blocked.get(profile.id) ?? [])];
    })
    .sort(
      (a, b) =>
        b.blocks.length - a.blocks.length ||
        Date.parse(a.since) - Date.parse(b.since) ||
        compareTexts(a.session, b.session),
    );
}

function viewNeed(
  session: SessionId,
  { id, question, options = [], since, by_tool }: Need,
  blocks: readonly SessionId[],
): WaitingSession {
  const next = `hive tell ${session} "<answer>"`;
  return { session, id, question, options, since, by_tool: by_tool === true, blocks, next };
}

/** By session, the others whose open request or unanswered question is with it. Who wants its claims asks it by a request. */
function blockedSessions({ collaborations, messages }: State): Map<SessionId, SessionId[]> {
  const requests = [...collaborations.values()]
    .filter((request) => isOpen(request))
    .flatMap(({ from_session, to_session }) =>
      to_session === null ? [] : [{ waits: from_session, holds: to_session }],
    );
  const questions = openQuestions(messages).map(({ from, to }) => ({ waits: from, holds: to as SessionId }));
  const pairs = [...requests, ...questions].filter(({ waits, holds }) => waits !== holds);
  const bySession = groupBy(pairs, ({ holds }) => holds);
  return new Map(
    [...bySession].map(([session, all]) => [session, [...new Set(all.map(({ waits }) => waits))].sort()]),
  );
}
