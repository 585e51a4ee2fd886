import type { Hive } from "../app/hive/hive.ts";
import { unregistered } from "../app/unregistered.ts";
import { unknownSession } from "../domain/sessions/refusals.ts";
import type { SessionId } from "../domain/values/ids.ts";
import { nearNames } from "../domain/values/near.ts";
import type { Context } from "./command.ts";

/** Prints a note where the session that acts is not registered: the answer about it is empty, or perhaps a typo's. */
export async function noteUnregistered(
  { io }: Context,
  hive: Hive,
  session: SessionId,
  sessions: ReadonlyMap<SessionId, unknown>,
): Promise<void> {
  if (!sessions.has(session)) io.note(await describeUnregistered(hive, session, sessions.keys()));
}

/** What a session that is not registered does next: it returns where it was retired, and else registers. */
export async function describeUnregistered(
  hive: Hive,
  session: SessionId,
  known: Iterable<SessionId>,
): Promise<string> {
  const ids = [...known];
  const { isRetired, refusal } = await unregistered(hive, session);
  if (!isRetired && nearNames(session, ids).length === 0)
    return `${session} is not registered: hive register ${session}`;
  const { message, hint } = isRetired ? refusal : unknownSession(session, ids);
  return `${message} ${hint}`;
}
