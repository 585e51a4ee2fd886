import { change, nothing } from "../../decision.ts";
import { defineOperation } from "../../operation.ts";
import { notRegistered } from "../../refusal.ts";
import { HoursText } from "../../time/hours-text.ts";
import * as z from "../../values/z.ts";
import type { Profile } from "../session.ts";
import { putProfiles } from "../write.ts";

const Input = z.object({ hours: z.nullable(HoursText) });

/** Sets the weekly hours of a session; null means always available. The profile stores the normalized text. */
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
    const updated = withHours(profile, hours);
    const files = putProfiles(state, [{ ...updated, updated_at: by.at }]);
    return change(`availability ${by.session}: ${hours ?? "no hours"}`, files, result);
  },
});

/** The profile with other hours; unknown keys of its availability are kept. */
function withHours(profile: Profile, hours: string | null): Profile {
  const { availability = {}, ...others } = profile;
  const { hours: _, ...kept } = availability;
  const changed = hours === null ? kept : { hours, ...kept };
  return Object.keys(changed).length === 0 ? others : { ...others, availability: changed };
}
