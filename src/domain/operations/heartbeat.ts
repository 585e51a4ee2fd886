import { beat, revive } from "../beat.ts";
import { change, type FileChange, nothing } from "../decision.ts";
import { defineOperation } from "../operation.ts";
import { notRegistered } from "../refusals.ts";
import { type Profile, Status } from "../session.ts";
import type { Snapshot } from "../snapshot.ts";
import { Line } from "../text.ts";
import { secondsBetween } from "../time.ts";
import { firstLine } from "../visible.ts";
import { putHeartbeat, putProfiles } from "../writes.ts";
import * as z from "../z.ts";

const Input = z.object({ status: z.optional(Status), work: z.optional(Line) });

/**
 * A sign of life, and what the session is doing if that changed.
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
    const previous = state.heartbeats.get(by.session);
    const said = {
      ...profile,
      status: input.status ?? revive(profile, previous).status,
      current_work: input.work ?? profile.current_work,
    };
    const isNews = said.status !== profile.status || said.current_work !== profile.current_work;
    if (!isNews && previous) {
      const age = secondsBetween(previous.last_heartbeat, by.at);
      if (age >= 0 && age < state.settings.heartbeat.throttle)
        return nothing({ heartbeat: previous, throttled: true });
    }
    const next = beat(said, previous, by.at);
    const work = said.current_work ? `: ${firstLine(said.current_work, 60)}` : "";
    const files = [...(isNews ? putNews(state, said, by.at) : []), putHeartbeat(next)];
    return change(`heartbeat ${by.session} ${said.status}${work}`, files, {
      heartbeat: next,
      throttled: false,
    });
  },
});

function putNews(state: Pick<Snapshot, "sessions" | "registry">, profile: Profile, at: string): FileChange[] {
  return putProfiles(state, [{ ...profile, updated_at: at }]);
}
