import type { RequestId, SessionId } from "../values/ids.ts";
import type { Instant } from "../values/instant.ts";
import type { Collaboration, CollaborationStatus, HistoryStep } from "./collaboration.ts";
import { holderAfter } from "./holder.ts";

export const MOVES = {
  accept: { from: ["pending"], through: ["accepted"], by: "to_session" },
  start: { from: ["accepted"], through: ["in_progress"], by: "to_session" },
  complete: { from: ["accepted", "in_progress"], through: ["in_progress", "completed"], by: "to_session" },
  decline: { from: ["pending"], through: ["declined"], by: "to_session" },
  cancel: { from: ["pending", "accepted", "in_progress"], through: ["cancelled"], by: "from_session" },
} as const satisfies Record<
  string,
  {
    from: readonly CollaborationStatus[];
    through: readonly CollaborationStatus[];
    by: "to_session" | "from_session";
  }
>;
export type Move = keyof typeof MOVES;

/** The session that moves a request, the instant, and a note. */
interface Mover {
  readonly session: SessionId;
  readonly at: Instant;
  readonly note?: string | undefined;
}

/** The moves that are legal from a status, in the order of the table; none after the end. */
export function legalMoves(status: CollaborationStatus): Move[] {
  return (Object.keys(MOVES) as Move[]).filter((move) => isLegal(status, move));
}

export function isLegal(status: CollaborationStatus, move: Move): boolean {
  return (MOVES[move].from as readonly string[]).includes(status);
}

/** Whether a request has not ended: it is not completed, declined, cancelled or expired. */
export function isOpen(collaboration: Pick<Collaboration, "status">): boolean {
  return legalMoves(collaboration.status).length > 0;
}

/** Whether a move belongs to a session, in any status. Every session but the requester may move an open request. */
export function isMoveOf(request: Collaboration, move: Move, session: SessionId): boolean {
  const { from_session, to_session } = request;
  if (MOVES[move].by === "from_session") return session === from_session;
  return to_session === null ? session !== from_session : session === to_session;
}

/**
 * The request after a legal move, with each status on the way appended to its history. Completing an accepted request
 * also records its start, so the history is always complete. The session that accepts an open request becomes its
 * holder. A session that declines an open request does so only for itself, so the request stays pending.
 */
export function applyMove(collaboration: Collaboration, move: Move, by: Mover): Collaboration {
  const steps = stepsOf(collaboration, move, by);
  return {
    ...collaboration,
    to_session: steps.reduce(holderAfter, collaboration.to_session),
    status: steps.at(-1)?.status ?? collaboration.status,
    updated_at: by.at,
    history: [...collaboration.history, ...steps],
  };
}

/** The request with another holder and the same status: handed over, or taken over from an offline session. */
export function passOn(request: Collaboration, { note, ...by }: Mover, handoff?: RequestId): Collaboration {
  const { status, to_session } = request;
  const step = {
    status,
    ...by,
    ...(to_session === null ? {} : { taken_from: to_session }),
    ...(handoff === undefined ? {} : { handoff }),
    ...(note === undefined ? {} : { note }),
  };
  return { ...request, to_session: by.session, updated_at: by.at, history: [...request.history, step] };
}

/** The request without its addressee or holder: given back by that session, or taken back by the requester. */
export function giveBack(request: Collaboration, { note, ...by }: Mover): Collaboration {
  const { to_session } = request;
  const step = {
    status: "pending" as const,
    ...by,
    ...(to_session === null ? {} : { returned_from: to_session }),
    ...(note === undefined ? {} : { note }),
  };
  const history = [...request.history, step];
  return { ...request, to_session: null, status: "pending", updated_at: by.at, history };
}

/** Above these sizes, a record takes no optional steps, so that the steps and notes that end it still fit. */
const MAX_GROWING_RECORD_BYTES = 160_000;
const MAX_GROWING_RECORD_STEPS = 200;

/** Whether a record can take another optional step and still has room for the end of the request. */
export function hasRoom(request: Collaboration): boolean {
  const bytes = new TextEncoder().encode(JSON.stringify(request, null, 2)).length;
  return bytes <= MAX_GROWING_RECORD_BYTES && request.history.length <= MAX_GROWING_RECORD_STEPS;
}

function stepsOf({ to_session, status }: Collaboration, move: Move, { note, ...by }: Mover): HistoryStep[] {
  const noted = note === undefined ? {} : { note };
  if (move === "decline" && to_session === null) return [{ status, ...by, declined: true, ...noted }];
  const passed = MOVES[move].through.filter((each) => each !== status);
  return passed.map((each, index) => ({
    status: each,
    ...by,
    ...(index === passed.length - 1 ? noted : {}),
  }));
}
