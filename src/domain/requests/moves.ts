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

/** Who moves a request, when, and what is said beside it. */
interface Mover {
  readonly session: SessionId;
  readonly at: Instant;
  readonly note?: string | undefined;
}

/** The moves that are open from a status, in the order of the table; none from an ended one. */
export function legalMoves(status: CollaborationStatus): Move[] {
  return (Object.keys(MOVES) as Move[]).filter((move) => isLegal(status, move));
}

export function isLegal(status: CollaborationStatus, move: Move): boolean {
  return (MOVES[move].from as readonly string[]).includes(status);
}

/** True until the request has ended: completed, declined, cancelled or expired. */
export function isOpen(collaboration: Collaboration): boolean {
  return legalMoves(collaboration.status).length > 0;
}

/** Whether a move is that of a session, whatever the status: an open request is for anybody but who asked. */
export function isMoveOf(request: Collaboration, move: Move, session: SessionId): boolean {
  const { from_session, to_session } = request;
  if (MOVES[move].by === "from_session") return session === from_session;
  return to_session === null ? session !== from_session : session === to_session;
}

/**
 * The request after a legal move, each status it passes through appended to its history.
 * Completing an accepted request records its start too, so the history is always the whole path. An open request
 * becomes that of whoever accepts it; who declines it speaks for itself alone, so it stays pending.
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

/** The same request with another session, its status as it was: handed over, or taken over from one that is gone. */
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

/** Bytes and steps of a record that leave room for the steps and notes that must always be possible. */
const ROOM_BYTES = 160_000;
const ROOM_STEPS = 200;

/** Whether a record that may grow without end still has room for how the request ends. */
export function hasRoom(request: Collaboration): boolean {
  const bytes = new TextEncoder().encode(JSON.stringify(request, null, 2)).length;
  return bytes <= ROOM_BYTES && request.history.length <= ROOM_STEPS;
}

function stepsOf({ to_session, status }: Collaboration, move: Move, { note, ...by }: Mover): HistoryStep[] {
  const said = note === undefined ? {} : { note };
  if (move === "decline" && to_session === null) return [{ status, ...by, declined: true, ...said }];
  const passed = MOVES[move].through.filter((each) => each !== status);
  return passed.map((each, index) => ({
    status: each,
    ...by,
    ...(index === passed.length - 1 ? said : {}),
  }));
}
