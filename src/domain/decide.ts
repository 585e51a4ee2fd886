import type { Decision, FileChange } from "./decision.ts";
import { heartbeatPath } from "./hub/layout.ts";
import { carryReceipt } from "./inbox/carry-receipt.ts";
import type { Author, Operation, OperationRule } from "./operation.ts";
import { notRegistered, notYours } from "./refusal.ts";
import { beat, revive } from "./sessions/beat.ts";
import { putHeartbeat } from "./sessions/write.ts";
import type { Part, Snapshot } from "./snapshot.ts";
import { secondsBetween } from "./values/time.ts";

/** What every decision reads: is the wisher registered, and when was it last seen. */
export const ALWAYS_READ = ["settings", "sessions", "heartbeats"] as const satisfies readonly Part[];
type Always = (typeof ALWAYS_READ)[number];

/**
 * Decides an operation on a state. Throws a ZodError when its input does not fit the rule's schema.
 * One that counts on a registration is refused where the session's name is not held by it.
 * A change by a registered session carries its heartbeat along: every write is a sign of life. So it does with what
 * its inbox has shown meanwhile.
 */
export function decide<Input, Needed extends Part, Result>(
  rule: OperationRule<Input, Needed, Result>,
  state: Pick<Snapshot, Needed | Always>,
  operation: Operation,
): Decision<Result> {
  const input = rule.input.parse(operation.input);
  const { session, registration } = operation;
  if (registration !== undefined && state.sessions.get(session)?.registration !== registration)
    return notYours(session);
  if (rule.by === "registered" && !state.sessions.has(session)) return notRegistered(session);
  const decision = rule.decide(state, input, operation);
  if (decision.kind !== "change") return decision;
  const files = carryReceipt(state, decision.files, operation);
  return { ...decision, files: [...files, ...signOfLife(state, files, operation)] };
}

function signOfLife(
  state: Pick<Snapshot, Always>,
  files: readonly FileChange[],
  { session, at }: Author,
): FileChange[] {
  const profile = state.sessions.get(session);
  if (!profile || files.some((file) => file.path === heartbeatPath(session))) return [];
  const previous = state.heartbeats.get(session);
  const age = previous ? secondsBetween(previous.last_heartbeat, at) : Number.POSITIVE_INFINITY;
  // A heartbeat from the future proves a wrong clock, not a live session.
  const isFresh = age >= 0 && age < state.settings.heartbeat.throttle;
  return isFresh ? [] : [putHeartbeat(beat(revive(profile, previous), previous, at))];
}
