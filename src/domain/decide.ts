import type { Decision, FileChange } from "./decision.ts";
import { heartbeatPath, profilePath, REGISTRY_PATH } from "./hub/layout.ts";
import { carryReceipt } from "./inbox/carry-receipt.ts";
import type { Author, Operation, OperationRule } from "./operation.ts";
import { notRegistered, notYours } from "./refusal.ts";
import { broughtBack, isRecorded, workingHeartbeat } from "./sessions/beat.ts";
import type { Profile } from "./sessions/session.ts";
import { putHeartbeat, putProfiles } from "./sessions/write.ts";
import type { Part, Snapshot } from "./snapshot.ts";
import type { SessionId } from "./values/ids.ts";

/** The parts that every decision reads: whether the author is registered or offline, and its last heartbeat. */
export const ALWAYS_READ = [
  "settings",
  "sessions",
  "registry",
  "heartbeats",
] as const satisfies readonly Part[];
type AlwaysRead = (typeof ALWAYS_READ)[number];

/**
 * Decides an operation on a state. Throws a ZodError when the input does not fit the rule's schema. Refuses an
 * operation that names a registration which does not hold the session's name.
 * A change by a registered session also writes its heartbeat, because every write shows that the session is alive and
 * working, and its read cursor: the messages that its inbox has shown since. An offline session is back by any change:
 * its rule finds it active.
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
  const back = returning(state, operation);
  const found = back === undefined ? state : { ...state, sessions: withProfile(state.sessions, back) };
  const decision = rule.decide(found, input, operation);
  if (decision.kind !== "change") return decision;
  const written =
    back === undefined ? decision.files : [...decision.files, ...putBack(found, back, decision.files)];
  const files = carryReceipt(found, written, operation);
  return { ...decision, files: [...files, ...heartbeatChanges(found, files, operation, back !== undefined)] };
}

function returning(state: Pick<Snapshot, AlwaysRead>, { session, at }: Author): Profile | undefined {
  const profile = state.sessions.get(session);
  return profile && broughtBack(profile, state.heartbeats.get(session), at);
}

function withProfile(sessions: Snapshot["sessions"], profile: Profile): Snapshot["sessions"] {
  return new Map(sessions).set(profile.id, profile);
}

/** The files of a session that is back, without those that the change writes anyway, from the same profiles. */
function putBack(
  state: Pick<Snapshot, AlwaysRead>,
  profile: Profile,
  written: readonly FileChange[],
): FileChange[] {
  const paths = new Set(written.map(({ path }) => path));
  if (paths.has(profilePath(profile.id))) return [];
  return putProfiles(state, [profile]).filter(({ path }) => path !== REGISTRY_PATH || !paths.has(path));
}

function heartbeatChanges(
  state: Pick<Snapshot, AlwaysRead>,
  files: readonly FileChange[],
  { session, at }: Author,
  isBack: boolean,
): FileChange[] {
  const profile = state.sessions.get(session);
  if (
    !profile ||
    files.some(({ path, text }) => path === heartbeatPath(session) || isRemoval(path, text, session))
  )
    return [];
  const previous = state.heartbeats.get(session);
  if (previous && !isBack && isRecorded(previous, true, at, state.settings)) return [];
  return [putHeartbeat(workingHeartbeat(profile, previous, at))];
}

/** Whether a change removes the author itself, which then has no heartbeat. */
function isRemoval(path: string, text: string | undefined, session: SessionId): boolean {
  return text === undefined && path === profilePath(session);
}
