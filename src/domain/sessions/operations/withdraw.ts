import { change } from "../../decision.ts";
import { defineOperation } from "../../operation.ts";
import { notRegistered } from "../../refusal.ts";
import { Line } from "../../values/text.ts";
import { firstLine } from "../../values/visible.ts";
import * as z from "../../values/z.ts";
import { workingHeartbeat } from "../beat.ts";
import { notOffered } from "../refusals.ts";
import type { Profile } from "../session.ts";
import { distinctSkills, isSkill, offeredBy } from "../skill.ts";
import { putHeartbeat, putProfiles } from "../write.ts";

/** Removes a skill from all fields in which a session offers it. Refused, with the offered skills, if it is in none. */
export const withdraw = defineOperation({
  kind: "withdraw",
  by: "registered",
  reads: ["sessions", "registry", "heartbeats"],
  input: z.object({ skill: Line }),
  decide(state, input, by) {
    const [known, last] = [state.sessions.get(by.session), state.heartbeats.get(by.session)];
    if (!known) return notRegistered(by.session);
    const offered = distinctSkills(offeredBy(known, last));
    const skill = offered.find(isSkill(input.skill));
    if (skill === undefined) return notOffered(by.session, input.skill, offered);
    const session = { ...without(known, skill), updated_at: by.at };
    const files = [...putProfiles(state, [session]), putHeartbeat(workingHeartbeat(session, last, by.at))];
    return change(`withdraw ${by.session}: ${firstLine(skill, 60)}`, files, { session, skill });
  },
});

function without(profile: Profile, skill: string): Profile {
  const isIt = isSkill(skill);
  const drop = (tags: readonly string[]) => tags.filter((tag) => !isIt(tag));
  return {
    ...profile,
    specialization: drop(profile.specialization),
    capabilities_offered: drop(profile.capabilities_offered),
    ...(profile.offers ? { offers: profile.offers.filter((offer) => !isIt(offer.skill)) } : {}),
  };
}
