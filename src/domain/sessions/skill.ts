import type { Instant } from "../values/instant.ts";
import type { Heartbeat, Offer, Profile } from "./session.ts";

/** Maximum skills of one session, so that its profile stays below the readers' size limit. */
export const MAX_SKILLS = 64;

/** A skill or a tag in the form for comparison: case, the encoding of accents and extra white space do not matter. */
export function foldSkill(text: string): string {
  return text.normalize("NFC").toLowerCase().trim().replaceAll(/\s+/gu, " ");
}

/** A test for whether another text is a spelling of the same skill. */
export function isSkill(one: string): (other: string) => boolean {
  const folded = foldSkill(one);
  return (other) => foldSkill(other) === folded;
}

/** Whether the end of an offer has passed; false for an offer without an end. */
export function hasLapsed({ until }: Pick<Offer, "until">, now: Instant): boolean {
  return until !== undefined && Date.parse(until) <= Date.parse(now);
}

/** The details of a session's skill; undefined when it gave none. The offer may have lapsed: the caller checks. */
export function offerOf({ offers = [] }: Pick<Profile, "offers">, skill: string): Offer | undefined {
  const isIt = isSkill(skill);
  return offers.find((offer) => isIt(offer.skill));
}

/** A test for whether a session still offers one of its tags: false only for a tag whose offer has lapsed. */
export function stillOffered({ offers }: Pick<Profile, "offers">, now: Instant): (tag: string) => boolean {
  if (offers === undefined) return () => true;
  const lapsed = offers.filter((offer) => hasLapsed(offer, now)).map(({ skill }) => foldSkill(skill));
  return (tag) => !lapsed.includes(foldSkill(tag));
}

/** Each skill once, as it was first spelled. */
export function distinctSkills(tags: readonly string[]): string[] {
  const spelled = new Map<string, string>();
  for (const tag of tags) {
    const folded = foldSkill(tag);
    if (folded !== "" && !spelled.has(folded)) spelled.set(folded, tag);
  }
  return [...spelled.values()];
}

/** Every tag that a session offers or has offered, from its profile and, if given, its heartbeat. */
export function offeredBy(profile: Profile, heartbeat?: Heartbeat): string[] {
  return [
    ...profile.specialization,
    ...profile.capabilities_offered,
    ...(heartbeat?.capabilities_offered ?? []),
    ...(profile.offers ?? []).map(({ skill }) => skill),
  ];
}

/** Whether a session offers a skill at an instant; a lapsed offer does not count. */
export function offersSkill(profile: Profile, skill: string, now: Instant): boolean {
  return offeredBy(profile).some(isSkill(skill)) && stillOffered(profile, now)(skill);
}
