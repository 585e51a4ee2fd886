import type { Decision, FileChange } from "./decision.ts";
import { heartbeatPath } from "./hub/layout.ts";
import { carryReceipt } from "./inbox/carry-receipt.ts";
import type { Author, Operation, OperationRule } from "./operation.ts";
import { notRegistered, notYours } from "./refusal.ts";
import { nextHeartbeat, revive } from "./sessions/beat.ts";
import { putHeartbeat } from "./sessions/write.ts";
import type { Part, Snapshot } from "./snapshot.ts";
import { secondsBetween } from "./values/time.ts";

/** The parts that every decision reads: whether the author is registered, and its last heartbeat. */
export const ALWAYS_READ = ["settings", "sessions", "heartbeats"] as const satisfies readonly Part[];
type AlwaysRead = (typeof ALWAYS_READ)[number];

/**
 * Decides an operation on a state. Throws a ZodError when the input does not fit the rule's schema. Refuses an
 * operation that names a registration which does not hold the session's name.
 * A change by a registered session also writes its heartbeat, because every write shows that the session is alive,
 * and its read cursor: the messages that its inbox has shown since.
 */
export function decide<Input, Needed extends Part, Result>(
  rule: OperationRule<Input, Needed, Result>,
  state: Pick<Snapshot, Needed | AlwaysRead>,
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
  return { ...decision, files: [...files, ...heartbeatChanges(state, files, operation)] };
}

function heartbeatChanges(
  state: Pick<Snapshot, AlwaysRead>,
  files: readonly FileChange[],
  { session, at }: Author,
): FileChange[] {
  const profile = state.sessions.get(session);
  if (!profile || files.some((file) => file.path === heartbeatPath(session))) return [];
  const previous = state.heartbeats.get(session);
  const age = previous ? secondsBetween(previous.last_heartbeat, at) : Number.POSITIVE_INFINITY;
  // A heartbeat from the future shows a wrong clock, not a live session.
  const isFresh = age >= 0 && age < state.settings.heartbeat.throttle;
  return isFresh ? [] : [putHeartbeat(nextHeartbeat(revive(profile, previous), previous, at))];
}
