import type { InputOf, Kind, ResultOf } from "../../domain/operations.ts";
import type { SessionId } from "../../domain/values/ids.ts";
import type { Hive } from "./hive.ts";
import type { Submitted } from "./submitted.ts";

/**
 * Lands an operation now or not at all: where it would wait on this host for a later command, it is taken back. For
 * whoever tries again by themselves, as on a machine that is gone after this command. Throws HiveError.
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
