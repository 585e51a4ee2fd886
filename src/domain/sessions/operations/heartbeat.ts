import { change, type FileChange, nothing } from "../../decision.ts";
import { defineOperation } from "../../operation.ts";
import { notRegistered } from "../../refusal.ts";
import type { Snapshot } from "../../snapshot.ts";
import { Instant } from "../../values/instant.ts";
import { Line } from "../../values/text.ts";
import { secondsBetween } from "../../values/time.ts";
import { firstLine } from "../../values/visible.ts";
import * as z from "../../values/z.ts";
import { isRecorded, nextHeartbeat, workingHeartbeat } from "../beat.ts";
import { OFFLINE } from "../presence.ts";
import { overAlready, unknownState } from "../refusals.ts";
import { type Heartbeat, isState, type Profile, Status } from "../session.ts";
import { PAUSED, withoutEndedStatus, withReason, withState, withWork } from "../state.ts";
import { putHeartbeat, putProfiles } from "../write.ts";

const Input = z.object({
  status: z.optional(Status),
  work: z.optional(Line),
  until: z.optional(Instant),
  /** The session has used a tool or changed files since its last heartbeat. */
  worked: z.optional(z.literal(true)),
});
type Input = z.infer<typeof Input>;

/**
 * Records that a session is alive and, if given, its status, its work and `until` when the status lasts. A session that
 * tells other work, or that it used a tool, is recorded as working. Writes nothing without news within `heartbeat.throttle` after the last heartbeat.
 */
export const heartbeat = defineOperation({
  kind: "heartbeat",
  by: "registered",
  reads: ["settings", "sessions", "registry", "heartbeats"],
  input: Input,
  decide(state, input, by) {
    const profile = state.sessions.get(by.session);
    if (!profile) return notRegistered(by.session);
    if (input.status !== undefined && !isState(input.status)) return unknownState(input.status);
    if (input.until !== undefined && secondsBetween(by.at, input.until) <= 0) return overAlready(input.until);
    const previous = state.heartbeats.get(by.session);
    const updated = update(withoutEndedStatus(profile, by.at), input);
    const isNews =
      differs(updated, previous ?? profile) ||
      (updated.status !== OFFLINE && differs(updated, profile)) ||
      updated.work_before_pause !== profile.work_before_pause;
    const tells = input.work !== undefined && input.work !== profile.current_work;
    const works = input.worked === true || tells;
    if (!isNews && previous && isRecorded(previous, works, by.at, state.settings))
      return nothing({ heartbeat: previous, throttled: true });
    const next = (works ? workingHeartbeat : nextHeartbeat)(updated, previous, by.at);
    const files = [...(isNews ? putNews(state, updated, by.at) : []), putHeartbeat(next)];
    return change(`heartbeat ${by.session} ${describe(updated)}`, files, {
      heartbeat: next,
      throttled: false,
    });
  },
});

/** Whether a known state is outdated. Profile and heartbeat are both checked: they differ after a long silence. */
function differs(updated: Profile, known: Profile | Heartbeat): boolean {
  return (["status", "status_until", "current_work"] as const).some((key) => updated[key] !== known[key]);
}

/**
 * The profile with the input's values. Work that is told with a pause is the reason of the pause. Another status has only the end given with it; the same status
 * keeps its end, and `until` alone changes it.
 */
function update(profile: Profile, { status, work, until }: Input): Profile {
  const isGiven = status !== undefined || until !== undefined;
  const isSame = status === undefined || status === profile.status;
  const end = until ?? (isSame ? profile.status_until : undefined);
  const updated = isGiven ? withState(profile, status ?? profile.status, end) : profile;
  if (work === undefined) return updated;
  return status === PAUSED ? withReason(updated, work) : withWork(updated, work);
}

function describe({ status, status_until, current_work }: Profile): string {
  const until = status_until === undefined ? "" : ` until ${status_until}`;
  return `${status}${until}${current_work ? `: ${firstLine(current_work, 60)}` : ""}`;
}

function putNews(state: Pick<Snapshot, "sessions" | "registry">, profile: Profile, at: string): FileChange[] {
  return putProfiles(state, [{ ...profile, updated_at: at }]);
}
