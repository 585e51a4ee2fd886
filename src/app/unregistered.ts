import type { Refusal } from "../domain/refusal.ts";
import { notRegisteredNow } from "../domain/sessions/refusals.ts";
import { retiredSession } from "../domain/sessions/retired.ts";
import type { RetiredSession } from "../domain/sessions/session.ts";
import type { SessionId } from "../domain/values/ids.ts";
import { HiveError } from "../errors.ts";
import type { Hive } from "./hive/hive.ts";

/** A refusal for its author: where that is not registered because it was retired, it says so, and how it returns. */
export async function refusalFor(hive: Hive, refusal: Refusal, author: SessionId): Promise<Refusal> {
  return refusal.code === "not_registered" ? (await unregistered(hive, author)).refusal : refusal;
}

/**
 * The refusal for an author that is not registered, and whether it was retired, as this host knows the hub. The rules do
 * not say it, because nothing else that they decide needs to know which sessions were retired.
 */
export async function unregistered(
  hive: Hive,
  author: SessionId,
): Promise<{ readonly isRetired: boolean; readonly refusal: Refusal }> {
  const retired = await recallRetired(hive, author);
  return { isRetired: retired !== undefined, refusal: notRegisteredNow(author, retired) };
}

async function recallRetired(hive: Hive, session: SessionId): Promise<RetiredSession | undefined> {
  try {
    const { state } = await hive.recall(["retired"]);
    return retiredSession(state.retired, session);
  } catch (error) {
    if (error instanceof HiveError) return undefined;
    throw error;
  }
}
