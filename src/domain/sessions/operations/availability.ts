import { change, nothing } from "../../decision.ts";
import { defineOperation } from "../../operation.ts";
import { notRegistered } from "../../refusal.ts";
import { HoursText } from "../../time/hours-text.ts";
import * as z from "../../values/z.ts";
import { revive } from "../beat.ts";
import type { Profile } from "../session.ts";
import { putProfiles } from "../write.ts";

const Input = z.object({ hours: z.nullable(HoursText) });

/** When a session is there every week; null for always. The hours are kept in the one text that says them. */
export const availability = defineOperation({
  kind: "availability",
  by: "registered",
  reads: ["sessions", "registry", "heartbeats"],
  input: Input,
  decide(state, { hours }, by) {
    const profile = state.sessions.get(by.session);
    if (!profile) return notRegistered(by.session);
    const result = { session: by.session, hours };
    if ((profile.availability?.hours ?? null) === hours) return nothing(result);
    const said = withHours(revive(profile, state.heartbeats.get(by.session)), hours);
    const files = putProfiles(state, [{ ...said, updated_at: by.at }]);
    return change(`availability ${by.session}: ${hours ?? "no hours"}`, files, result);
  },
});

/** What else a profile tells of its availability is kept. */
function withHours(profile: Profile, hours: string | null): Profile {
  const { availability = {}, ...others } = profile;
  const { hours: _, ...kept } = availability;
  const told = hours === null ? kept : { hours, ...kept };
  return Object.keys(told).length === 0 ? others : { ...others, availability: told };
}
