import type { Claim } from "../../claims/claim.ts";
import { lapseNotice } from "../../claims/lapse-notice.ts";
import { lapsedClaims } from "../../claims/overlap.ts";
import { change, nothing, putJson, removeFile } from "../../decision.ts";
import { archivedPath, claimPath, collaborationPath, heartbeatPath } from "../../hub/layout.ts";
import type { Message } from "../../messages/message.ts";
import { putMessages } from "../../messages/write.ts";
import { type Author, defineOperation } from "../../operation.ts";
import type { Collaboration } from "../../requests/collaboration.ts";
import { archivedRequests, expiredRequests, noticeOf } from "../../requests/deadlines.ts";
import { putRequest } from "../../requests/new-request.ts";
import { quoteWords } from "../../requests/words.ts";
import { pauseOf } from "../../sessions/away.ts";
import { OFFLINE, presenceByAge } from "../../sessions/presence.ts";
import { putRetired, roomForRetired } from "../../sessions/retired.ts";
import type { Profile } from "../../sessions/session.ts";
import { withState } from "../../sessions/state.ts";
import { putProfiles } from "../../sessions/write.ts";
import type { Snapshot } from "../../snapshot.ts";
import type { Instant } from "../../values/instant.ts";
import { inOrderOf } from "../../values/order.ts";
import { secondsBetween } from "../../values/time.ts";
import { ulidsFrom } from "../../values/ulid.ts";
import { firstLine } from "../../values/visible.ts";
import * as z from "../../values/z.ts";
import { dueSessions, unusedSessions } from "../due-sessions.ts";
import { READ_FOR_RETIREMENT, type Retirement, retirementOf } from "../retirement.ts";

type State = Pick<Snapshot, (typeof READ_FOR_RETIREMENT)[number]>;

/** How far the author's clock may be ahead of the newest change on the hub. */
const MAX_IDLE_SECONDS = 86_400;

/**
 * Writes down what has run out. Silent sessions become offline and lose their heartbeat, those silent for long are
 * retired, unanswered requests expire and the requester gets a message, requests that ended long ago move to the
 * archive, and lapsed claims are removed.
 * Nothing depends on this operation, because readers compute the same from the same instants. A second run changes
 * nothing. Neither does a run by a clock that is more than a day ahead of the hub: a wrong clock would end the claims and
 * requests of all sessions, and on a hub that has been idle for so long nothing is urgent.
 */
export const expire = defineOperation({
  kind: "expire",
  by: "anyone",
  reads: READ_FOR_RETIREMENT,
  input: z.object({}),
  decide(state, _, by) {
    const newest = newestChange(state);
    if (newest !== undefined && secondsBetween(newest, by.at) > MAX_IDLE_SECONDS)
      return nothing({
        expired: [],
        archived: [],
        returned: [],
        lapsed: [],
        retired: [],
        skipped: { now: by.at, newest },
      });
    const due = dueSessions(state, by.at).filter(({ id }) => id !== by.session);
    const leaving = due.slice(0, roomForRetired(state.retired));
    const unused = unusedSessions(state);
    const sessions = [...state.sessions.values()]
      .filter((profile) => !leaving.includes(profile))
      .sort(inOrderOf(({ id }) => id));
    const lapsed = sessions.filter(
      // The heartbeat of an unused session shows that it did nothing, so it is kept until the session is retired.
      (profile) => isNewlyOffline(state, profile, by) && !unused.includes(profile),
    );
    const returned = sessions.flatMap((profile) => returnToActive(state, profile, by));
    const expired = expiredRequests(state, by);
    const ended = retirementOf(without(state, expired), leaving, by);
    const archived = archivedRequests(state, by);
    const overdue = lapsedClaims(state.claims, by.at).filter((claim) => !ended.claims.includes(claim));
    const expiredNow = [...expired, ...ended.returned, ...ended.withdrawn];
    const result = {
      expired: [...lapsed.map(({ id }) => id), ...expiredNow.map(({ request_id }) => request_id)],
      archived: archived.map(({ request_id }) => request_id),
      returned: returned.map(({ id }) => id),
      lapsed: [...ended.claims, ...overdue].map(({ key }) => key),
      retired: leaving.map(({ id }) => id),
      skipped: null as { now: string; newest: string } | null,
    };
    const files = [
      ...putProfiles(state, [...lapsed.map((profile) => markOffline(profile, by)), ...returned], leaving),
      ...(leaving.length > 0 ? [putRetired(state.retired, leaving, by.at)] : []),
      ...[...lapsed, ...leaving].flatMap(({ id }) =>
        state.heartbeats.has(id) ? [removeFile(heartbeatPath(id))] : [],
      ),
      ...expiredNow.map(putRequest),
      ...putMessages(
        state,
        notices(
          state,
          expired.filter(({ from_session }) => !leaving.some(({ id }) => id === from_session)),
          overdue,
          ended.notices,
          by,
        ),
      ),
      ...archived.flatMap((request) => [
        putJson(archivedPath(request), request),
        removeFile(collaborationPath(request.request_id)),
      ]),
      ...[...ended.claims, ...overdue].map(({ key }) => removeFile(claimPath(key))),
    ];
    return files.length === 0 ? nothing(result) : change(describe(lapsed, expiredNow, result), files, result);
  },
});

/**
 * Whether a session has been silent for too long and is not recorded as offline yet. The author is alive. A session
 * paused until an instant is expected to be silent.
 */
function isNewlyOffline({ heartbeats, settings }: State, profile: Profile, { session, at }: Author): boolean {
  const { id, status } = profile;
  const pause = pauseOf(profile, heartbeats.get(id), at);
  if (id === session || (pause && Number.isFinite(pause.to))) return false;
  const last = heartbeats.get(id)?.last_heartbeat;
  return presenceByAge(last, at, settings) === OFFLINE && (status !== OFFLINE || last !== undefined);
}

/** The updated profile of a session that was recorded as offline and has sent a heartbeat since; else empty. */
function returnToActive({ heartbeats, settings }: State, profile: Profile, { at }: Author): Profile[] {
  const heartbeat = heartbeats.get(profile.id);
  const isBack =
    profile.status === OFFLINE &&
    heartbeat !== undefined &&
    heartbeat.status !== OFFLINE &&
    presenceByAge(heartbeat.last_heartbeat, at, settings) !== OFFLINE;
  if (!isBack) return [];
  const { status, status_until, last_heartbeat } = heartbeat;
  return [{ ...withState(profile, status, status_until), updated_at: last_heartbeat }];
}

function markOffline(profile: Profile, { at }: Author): Profile {
  return { ...withState(profile, OFFLINE), updated_at: at };
}

/** The newest heartbeat or change of a request; undefined when there is none. Each change carries a heartbeat. */
function newestChange({ heartbeats, collaborations }: State): Instant | undefined {
  const instants = [
    ...[...heartbeats.values()].map(({ last_heartbeat }) => last_heartbeat),
    ...[...collaborations.values()].map(({ updated_at }) => updated_at),
  ];
  return instants.reduce<Instant | undefined>(
    (newest, at) => (newest === undefined || secondsBetween(newest, at) > 0 ? at : newest),
    undefined,
  );
}

/** The state without some requests. */
function without(state: State, requests: readonly Collaboration[]): State {
  const collaborations = new Map(state.collaborations);
  for (const { request_id } of requests) collaborations.delete(request_id);
  return { ...state, collaborations };
}

/** The messages to the requesters, to the holders, and of retirements, each with an id of its own. */
function notices(
  { settings }: State,
  expired: readonly Collaboration[],
  lapsed: readonly Claim[],
  others: Retirement["notices"],
  by: Author,
): Message[] {
  const write = [
    ...expired.map((request) => (author: Author) => noticeOf(request, settings, author)),
    ...lapsed.map((claim) => (author: Author) => lapseNotice(claim, undefined, author)),
    ...others,
  ];
  const ids = ulidsFrom(by.op, write.length);
  return write.map((notice, index) => notice({ ...by, op: ids[index] ?? by.op }));
}

/** The commit subject: `expire: session-4 offline; collab-1763229251-k3f9 «Need a UI» expired; 2 archived`. */
function describe(
  lapsed: readonly Profile[],
  expired: readonly Collaboration[],
  {
    archived,
    returned,
    lapsed: overdue,
    retired,
  }: Record<"archived" | "returned" | "lapsed" | "retired", readonly string[]>,
): string {
  const parts = [
    [namesOf(lapsed.map(({ id }) => id)), "offline"],
    [namesOf(returned), "back"],
    [namesOf(retired), "retired"],
    [namesOf(expired.map((request) => `${request.request_id} ${quoteWords(request)}`)), "expired"],
    [namesOf(archived), "archived"],
    [namesOf(overdue), "lapsed"],
  ];
  const shown = parts.filter(([names]) => names !== "").map((words) => words.join(" "));
  return firstLine(`expire: ${shown.join("; ")}`, 200);
}

function namesOf(ids: readonly string[]): string {
  return ids.length > 3 ? String(ids.length) : ids.join(", ");
}
