import type { Decision, FileChange } from "./decision.ts";
import { heartbeatPath, profilePath } from "./hub/layout.ts";
import { carryReceipt } from "./inbox/carry-receipt.ts";
import type { Author, Operation, OperationRule } from "./operation.ts";
import { notRegistered, notYours } from "./refusal.ts";
import { isRecorded, revive, workingHeartbeat } from "./sessions/beat.ts";
import { putHeartbeat } from "./sessions/write.ts";
import type { Part, Snapshot } from "./snapshot.ts";
import type { SessionId } from "./values/ids.ts";

/** The parts that every decision reads: whether the author is registered, and its last heartbeat. */
export const ALWAYS_READ = ["settings", "sessions", "heartbeats"] as const satisfies readonly Part[];
type AlwaysRead = (typeof ALWAYS_READ)[number];

/**
 * Decides an operation on a state. Throws a ZodError when the input does not fit the rule's schema. Refuses an
 * operation that names a registration which does not hold the session's name.
 * A change by a registered session also writes its heartbeat, because every write shows that the session is alive and
 * working, and its read cursor: the messages that its inbox has shown since.
 */
export function decide<Input, Needed extends Part, Result>(
  rule: OperationRule<Input, Needed, Result>,
  state: Pick<Snapshot, Needed | AlwaysRead>,
  operation: Operation,
): Decision<Result> {
  const input = rule.input.parse(operation.input);
  const { session, registration } = operation;
  // The rule of a registration checks this itself, because a retired session may return by its registration.
  const isForeign = registration !== undefined && state.sessions.get(session)?.registration !== registration;
  if (isForeign && rule.kind !== "register") return notYours(session);
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
  if (
    !profile ||
    files.some(({ path, text }) => path === heartbeatPath(session) || isRemoval(path, text, session))
  )
    return [];
  const previous = state.heartbeats.get(session);
  if (previous && isRecorded(previous, true, at, state.settings)) return [];
  return [putHeartbeat(workingHeartbeat(revive(profile, previous), previous, at))];
}

/** Whether a change removes the author itself, which then has no heartbeat. */
function isRemoval(path: string, text: string | undefined, session: SessionId): boolean {
  return text === undefined && path === profilePath(session);
}
