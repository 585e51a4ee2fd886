import type { InputOf, Kind, ResultOf } from "../../domain/operations.ts";
import type { SessionId } from "../../domain/values/ids.ts";
import type { Hive } from "./hive.ts";
import type { Submitted } from "./submitted.ts";

/**
 * Lands an operation now, or drops it from the outbox and throws HiveError. For callers that try again themselves, such
 * as a workflow on a machine that is deleted after this command.
 */
export async function submitNow<K extends Kind>(
  hive: Hive,
  kind: K,
  input: InputOf<K>,
  session: SessionId,
): Promise<Exclude<Submitted<ResultOf<K>>, { kind: "queued" }>> {
  const submitted = await hive.submit(kind, input, session);
  if (submitted.kind !== "queued") return submitted;
  await hive.outbox.drop(submitted.op);
  throw submitted.why;
}
