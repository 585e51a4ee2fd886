import { unknownSession } from "../domain/sessions/refusals.ts";
import { retiredSession } from "../domain/sessions/retired.ts";
import type { Snapshot } from "../domain/snapshot.ts";
import type { Context } from "./command.ts";

type State = Pick<Snapshot, "sessions"> & Partial<Pick<Snapshot, "retired">>;

/** Prints a note where a session that the user named is not registered: the answer about it is empty, or perhaps a typo's. */
export function noteUnknownSession({ io }: Context, session: string, { sessions, retired }: State): void {
  if ([...sessions.keys()].some((id) => id === session)) return;
  if (retired !== undefined && retiredSession(retired, session) !== undefined) return;
  const { message, hint } = unknownSession(session, sessions.keys());
  io.note(`${message} ${hint}`);
}
