import { change, type FileChange, nothing } from "../../decision.ts";
import { defineOperation } from "../../operation.ts";
import { notRegistered } from "../../refusal.ts";
import type { Snapshot } from "../../snapshot.ts";
import { Instant } from "../../values/instant.ts";
import { Line } from "../../values/text.ts";
import { secondsBetween } from "../../values/time.ts";
import { firstLine } from "../../values/visible.ts";
import * as z from "../../values/z.ts";
import { beat, revive } from "../beat.ts";
import { overAlready } from "../refusals.ts";
import { type Heartbeat, type Profile, Status } from "../session.ts";
import { withoutPast, withState } from "../state.ts";
import { putHeartbeat, putProfiles } from "../write.ts";

const Input = z.object({ status: z.optional(Status), work: z.optional(Line), until: z.optional(Instant) });
type Input = z.infer<typeof Input>;

/**
 * A sign of life, and what the session is doing if that changed, with `until` for as long as its state is to last.
 * Sooner than `heartbeat.throttle` after the last one, with nothing new to say, it writes nothing.
 */
export const heartbeat = defineOperation({
  kind: "heartbeat",
  by: "registered",
  reads: ["settings", "sessions", "registry", "heartbeats"],
  input: Input,
  decide(state, input, by) {
    const profile = state.sessions.get(by.session);
    if (!profile) return notRegistered(by.session);
    if (input.until !== undefined && secondsBetween(by.at, input.until) <= 0) return overAlready(input.until);
    const previous = state.heartbeats.get(by.session);
    const said = say(withoutPast(revive(profile, previous), by.at), input);
    const isNews = isOther(said, profile) || (previous !== undefined && isOther(said, previous));
    if (!isNews && previous) {
      const age = secondsBetween(previous.last_heartbeat, by.at);
      if (age >= 0 && age < state.settings.heartbeat.throttle)
        return nothing({ heartbeat: previous, throttled: true });
    }
    const next = beat(said, previous, by.at);
    const files = [...(isNews ? putNews(state, said, by.at) : []), putHeartbeat(next)];
    return change(`heartbeat ${by.session} ${describe(said)}`, files, { heartbeat: next, throttled: false });
  },
});

/** Neither may be left with another word: after a long silence the two differ until the next one. */
function isOther(said: Profile, known: Profile | Heartbeat): boolean {
  return (["status", "status_until", "current_work"] as const).some((key) => said[key] !== known[key]);
}

/** Another state lasts for as long as is said with it; without one, only its end may change. */
function say(profile: Profile, { status, work, until }: Input): Profile {
  const isSaid = status !== undefined || until !== undefined;
  const said = isSaid ? withState(profile, status ?? profile.status, until) : profile;
  return { ...said, current_work: work ?? profile.current_work };
}

function describe({ status, status_until, current_work }: Profile): string {
  const until = status_until === undefined ? "" : ` until ${status_until}`;
  return `${status}${until}${current_work ? `: ${firstLine(current_work, 60)}` : ""}`;
}

function putNews(state: Pick<Snapshot, "sessions" | "registry">, profile: Profile, at: string): FileChange[] {
  return putProfiles(state, [{ ...profile, updated_at: at }]);
}
