import { change, type Decision, nothing, removeFile } from "../../decision.ts";
import { claimPath, heartbeatPath } from "../../hub/layout.ts";
import { putMessages } from "../../messages/write.ts";
import { type Author, defineOperation } from "../../operation.ts";
import type { Refusal } from "../../refusal.ts";
import { putRequest } from "../../requests/new-request.ts";
import { presenceOf } from "../../sessions/presence.ts";
import { noRoomForRetired, stillOnline, unknownSession } from "../../sessions/refusals.ts";
import { putRetired, retiredSession, roomForRetired } from "../../sessions/retired.ts";
import type { Profile } from "../../sessions/session.ts";
import { putProfiles } from "../../sessions/write.ts";
import type { Snapshot } from "../../snapshot.ts";
import { SessionId } from "../../values/ids.ts";
import { Duration, type Instant } from "../../values/instant.ts";
import { inOrderOf } from "../../values/order.ts";
import { ulidsFrom } from "../../values/ulid.ts";
import { firstLine } from "../../values/visible.ts";
import * as z from "../../values/z.ts";
import { silentSessions } from "../due-sessions.ts";
import { READ_FOR_RETIREMENT, type Retirement, retirementOf } from "../retirement.ts";

const Input = z
  .object({
    sessions: z.optional(z.array(SessionId).check(z.minLength(1), z.maxLength(1000))),
    /** Retire every session that is offline and was silent for this long. */
    offline_for: z.optional(Duration),
    /** Retire a named session even if it is not offline. */
    force: z.optional(z.literal(true)),
    /** The session that asked for it; the author is git-hive. */
    asked_by: z.optional(SessionId),
  })
  .check(
    z.refine(
      ({ sessions, offline_for }) => (sessions === undefined) !== (offline_for === undefined),
      "name the sessions, or say for how long they were offline",
    ),
  );
type Input = z.infer<typeof Input>;
type State = Pick<Snapshot, (typeof READ_FOR_RETIREMENT)[number]>;

/** What a retirement did. */
export interface RetireResult {
  readonly retired: readonly SessionId[];
  /** The named sessions that were retired before, and when. */
  readonly already: readonly { readonly session: SessionId; readonly retired_at: Instant }[];
  /** The keys of the claims that ended. */
  readonly released: readonly string[];
  /** The requests that went back to their requesters. */
  readonly returned: readonly string[];
  /** The requests of the retired sessions that ended because no session had accepted them. */
  readonly withdrawn: readonly string[];
}

/**
 * Takes sessions out of the registry, all that are named or none. What they hold ends or goes back, their history stays,
 * and their names stay theirs. Sessions that are retired already are left out.
 */
export const retire = defineOperation({
  kind: "retire",
  by: "anyone",
  reads: READ_FOR_RETIREMENT,
  input: Input,
  decide(state, input, by): Decision<RetireResult> {
    const leaving = leavingSessions(state, input, by);
    if ("kind" in leaving) return leaving;
    if (leaving.length > roomForRetired(state.retired)) return noRoomForRetired();
    const ended = retirementOf(state, leaving, by);
    const result = { ...resultOf(leaving, ended), already: retiredBefore(state, input) };
    if (leaving.length === 0) return nothing(result);
    const ids = ulidsFrom(by.op, ended.notices.length);
    const notices = ended.notices.map((notice, index) => notice({ ...by, op: ids[index] ?? by.op }));
    const files = [
      ...putProfiles(state, [], leaving),
      putRetired(state.retired, leaving, by.at),
      ...leaving.filter(({ id }) => state.heartbeats.has(id)).map(({ id }) => removeFile(heartbeatPath(id))),
      ...[...ended.returned, ...ended.withdrawn].map(putRequest),
      ...ended.claims.map(({ key }) => removeFile(claimPath(key))),
      ...putMessages(state, notices),
    ];
    return change(describe(leaving, input), files, result);
  },
});

/** The sessions to retire, in the order of their ids; a refusal if a named one is unknown or is not offline. */
function leavingSessions(
  state: State,
  { sessions, offline_for = 0, force }: Input,
  { at }: Author,
): readonly Profile[] | Refusal {
  if (sessions === undefined) return silentSessions(state, offline_for, at);
  const named: Profile[] = [];
  for (const id of new Set(sessions)) {
    const profile = state.sessions.get(id);
    if (profile === undefined && !retiredSession(state.retired, id))
      return unknownSession(id, state.sessions.keys());
    if (profile === undefined) continue;
    const presence = presenceOf(state.heartbeats.get(id), at, state.settings);
    if (presence !== "offline" && !force) return stillOnline(id, presence);
    named.push(profile);
  }
  return named.sort(inOrderOf(({ id }) => id));
}

/** The named sessions that are retired already, and when they were. */
function retiredBefore({ retired }: State, { sessions = [] }: Input): RetireResult["already"] {
  return [...new Set(sessions)].flatMap((session) => {
    const entry = retiredSession(retired, session);
    return entry === undefined ? [] : [{ session, retired_at: entry.retired_at }];
  });
}

function resultOf(
  leaving: readonly Profile[],
  { claims, returned, withdrawn }: Retirement,
): Omit<RetireResult, "already"> {
  return {
    retired: leaving.map(({ id }) => id),
    released: claims.map(({ key }) => key),
    returned: returned.map(({ request_id }) => request_id),
    withdrawn: withdrawn.map(({ request_id }) => request_id),
  };
}

/** The commit subject: `retire session-4, session-7: asked by session-1`. */
function describe(leaving: readonly Profile[], { asked_by }: Input): string {
  const ids = leaving.map(({ id }) => id);
  const named = ids.length > 3 ? `${ids.length} sessions` : ids.join(", ");
  return firstLine(`retire ${named}${asked_by === undefined ? "" : `: asked by ${asked_by}`}`, 300);
}
