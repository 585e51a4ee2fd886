import type { Instant } from "../values/instant.ts";
import type { Heartbeat, Offer, Profile } from "./session.ts";

/** So many skills one session may offer: its profile stays below what every reader takes. */
export const MOST_SKILLS = 64;

/** A skill or a tag as it is compared: case, the form of accents and how much white space there is do not count. */
export function foldSkill(text: string): string {
  return text.normalize("NFC").toLowerCase().trim().replaceAll(/\s+/gu, " ");
}

/** Whether two spellings mean one skill. */
export function isSkill(one: string): (other: string) => boolean {
  const folded = foldSkill(one);
  return (other) => foldSkill(other) === folded;
}

/** Whether an offer was made for a time that has passed. */
export function hasLapsed({ until }: Pick<Offer, "until">, now: Instant): boolean {
  return until !== undefined && Date.parse(until) <= Date.parse(now);
}

/** What a session says of a skill beside its name, where it said anything; that it has lapsed is for the caller to see. */
export function offerOf({ offers = [] }: Pick<Profile, "offers">, skill: string): Offer | undefined {
  const isIt = isSkill(skill);
  return offers.find((offer) => isIt(offer.skill));
}

/** Tells which of a session's tags it still offers: all but those whose offer has lapsed. */
export function stillOffered({ offers }: Pick<Profile, "offers">, now: Instant): (tag: string) => boolean {
  if (offers === undefined) return () => true;
  const lapsed = offers.filter((offer) => hasLapsed(offer, now)).map(({ skill }) => foldSkill(skill));
  return (tag) => !lapsed.includes(foldSkill(tag));
}

/** Each skill once, in its first spelling. */
export function distinctSkills(tags: readonly string[]): string[] {
  const spelled = new Map<string, string>();
  for (const tag of tags) {
    const folded = foldSkill(tag);
    if (folded !== "" && !spelled.has(folded)) spelled.set(folded, tag);
  }
  return [...spelled.values()];
}

/** Every tag by which a session offers something, or once did: of its profile and, where it is given, its heartbeat. */
export function offeredBy(profile: Profile, heartbeat?: Heartbeat): string[] {
  return [
    ...profile.specialization,
    ...profile.capabilities_offered,
    ...(heartbeat?.capabilities_offered ?? []),
    ...(profile.offers ?? []).map(({ skill }) => skill),
  ];
}

/** Whether a session offers a skill at an instant, however it came to: an offer that has lapsed is none. */
export function offersSkill(profile: Profile, skill: string, now: Instant): boolean {
  return offeredBy(profile).some(isSkill(skill)) && stillOffered(profile, now)(skill);
}
