import { change, nothing } from "../../decision.ts";
import { type Author, defineOperation } from "../../operation.ts";
import { notRegistered } from "../../refusal.ts";
import { Instant } from "../../values/instant.ts";
import { Line } from "../../values/text.ts";
import { firstLine } from "../../values/visible.ts";
import * as z from "../../values/z.ts";
import { workingHeartbeat } from "../beat.ts";
import { alreadyPast, tooManySkills } from "../refusals.ts";
import type { Offer, Profile } from "../session.ts";
import { hasLapsed, isSkill, MAX_SKILLS, offeredBy, offerOf } from "../skill.ts";
import { putHeartbeat, putProfiles } from "../write.ts";

/** Together with `MAX_SKILLS`, this keeps a profile below the readers' size limit. */
const MAX_SKILL_CHARACTERS = 100;
const Input = z.object({
  skill: z.pipe(
    z.pipe(
      Line,
      z.transform((text: string) => text.replaceAll(/\s+/gu, " ")),
    ),
    z
      .string()
      .check(z.maxLength(MAX_SKILL_CHARACTERS, `a skill has at most ${MAX_SKILL_CHARACTERS} characters`)),
  ),
  note: z.optional(Line),
  until: z.optional(Instant),
});
type Input = z.infer<typeof Input>;

/**
 * Adds a skill to those that a session offers, in the same fields as `register`, so that every reader finds it.
 * Offering it again changes the given note and end and keeps the rest. After the end has passed, it is a new offer.
 */
export const offer = defineOperation({
  kind: "offer",
  by: "registered",
  reads: ["sessions", "registry", "heartbeats"],
  input: Input,
  decide(state, input, by) {
    const [known, last] = [state.sessions.get(by.session), state.heartbeats.get(by.session)];
    if (!known) return notRegistered(by.session);
    if (hasLapsed(input, by.at)) return alreadyPast(input.until ?? by.at, by.at);
    const made = makeOffer(known, input, by);
    const session = { ...withOffer(known, made), updated_at: by.at };
    if (isOverfull(known, session)) return tooManySkills(by.session);
    if (isSame(known, session)) return nothing({ session: known, offer: made });
    const until = made.until === undefined ? "" : ` until ${made.until}`;
    const note = made.note === undefined ? "" : `: ${firstLine(made.note, 60)}`;
    const files = [...putProfiles(state, [session]), putHeartbeat(workingHeartbeat(session, last, by.at))];
    const subject = `offer ${by.session}: ${firstLine(made.skill, 60)}${until}${note}`;
    return change(subject, files, { session, offer: made });
  },
});

/** The offer, in the spelling that the session used first. */
function makeOffer(profile: Profile, { skill, note, until }: Input, { at }: Author): Offer {
  const previous = offerOf(profile, skill);
  const running = previous && !hasLapsed(previous, at) ? previous : undefined;
  const { until: _, ...kept } = previous ?? { skill: offeredBy(profile).find(isSkill(skill)) ?? skill };
  const end = until ?? running?.until;
  return {
    ...kept,
    ...(note === undefined ? {} : { note }),
    since: running?.since ?? at,
    ...(end === undefined ? {} : { until: end }),
  };
}

function withOffer(profile: Profile, made: Offer): Profile {
  const isIt = isSkill(made.skill);
  const add = (tags: readonly string[]) => (tags.some(isIt) ? [...tags] : [...tags, made.skill]);
  const offers = profile.offers ?? [];
  return {
    ...profile,
    specialization: add(profile.specialization),
    capabilities_offered: add(profile.capabilities_offered),
    offers: offers.some(({ skill }) => isIt(skill))
      ? offers.map((each) => (isIt(each.skill) ? made : each))
      : [...offers, made],
  };
}

function isSame(known: Profile, session: Profile): boolean {
  return JSON.stringify({ ...session, updated_at: known.updated_at }) === JSON.stringify(known);
}

/** Whether a list grows beyond the maximum. Imported profiles may already exceed it, which is allowed. */
function isOverfull(known: Profile, session: Profile): boolean {
  const lists = ({ specialization, capabilities_offered, offers = [] }: Profile) =>
    [specialization, capabilities_offered, offers].map(({ length }) => length);
  const before = lists(known);
  return lists(session).some((length, index) => length > MAX_SKILLS && length > (before[index] ?? 0));
}
