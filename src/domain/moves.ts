import type { Collaboration, CollaborationStatus } from "./collaboration.ts";
import type { SessionId } from "./ids.ts";
import type { Instant } from "./instant.ts";

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

/**
 * The request after a legal move, each status it passes through appended to its history.
 * Completing an accepted request records its start too, so the history is always the whole path.
 */
export function applyMove(
  collaboration: Collaboration,
  move: Move,
  by: { session: SessionId; at: Instant; note?: string | undefined },
): Collaboration {
  const passed = MOVES[move].through.filter((status) => status !== collaboration.status);
  const steps = passed.map((status, index) => ({
    status,
    session: by.session,
    at: by.at,
    ...(by.note !== undefined && index === passed.length - 1 ? { note: by.note } : {}),
  }));
  return {
    ...collaboration,
    status: passed.at(-1) ?? collaboration.status,
    updated_at: by.at,
    history: [...collaboration.history, ...steps],
  };
}
