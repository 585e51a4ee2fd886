import type { Taxonomy } from "../hub/taxonomy.ts";
import { type Away, awayOf } from "../sessions/away.ts";
import { describeSession, type SessionDescription } from "../sessions/describe.ts";
import { PRESENCE_ORDER, type Presence, presenceOf } from "../sessions/presence.ts";
import { foldSkill } from "../sessions/skill.ts";
import type { Snapshot } from "../snapshot.ts";
import type { SessionId } from "../values/ids.ts";
import type { Instant } from "../values/instant.ts";

interface CapabilityMatch {
  readonly id: SessionId;
  readonly name: string;
  readonly role: string;
  readonly status: string;
  readonly presence: Presence;
  /** Why the session is away, by its own statement; null if it is not. */
  readonly away: Away | null;
  /** The tags that offer the capability; `text: role` and similar if only the text of the profile mentions it. */
  readonly matched: readonly string[];
}

export interface HelpView {
  readonly capability: string;
  readonly matches: readonly CapabilityMatch[];
}
type State = Pick<Snapshot, "settings" | "taxonomy" | "sessions" | "heartbeats">;
type HelpCandidate = SessionDescription<SessionId>;

/** A session found, the tags that matched, and its distance from the capability: 0 means that a tag names it. */
interface Found {
  readonly session: HelpCandidate;
  readonly matched: readonly string[];
  readonly distance: number;
}

/** For matches by text alone: the least share of the best score that is listed. */
const MIN_SHARE = 0.5;

/**
 * Finds the sessions that offer a capability: alive first; at equal presence, available before away; then those that
 * name it before those whose tags the taxonomy relates to it. The full text of the profiles is searched only if no
 * tag of any session matches, so the search module is loaded only then. The stemmer is loaded only if no keyword of
 * the taxonomy is the word itself.
 */
export async function findHelp(state: State, capability: string, now: Instant): Promise<HelpView> {
  const sessions = [...state.sessions].map(([id, profile]) =>
    describeSession(id, profile, state.heartbeats.get(id), now),
  );
  const byTag = await findByTag(sessions, capability, state.taxonomy);
  const found = byTag.length > 0 ? byTag : await findByText(sessions, capability);
  const matches = found.map(({ session, matched, distance }) => {
    const { id, name, role, status } = session;
    const heartbeat = state.heartbeats.get(id);
    const presence = presenceOf(heartbeat, now, state.settings);
    const profile = state.sessions.get(id);
    const away = (profile && awayOf(profile, heartbeat, now)) ?? null;
    return { distance, helper: { id, name, role, status, presence, away, matched } };
  });
  matches.sort(
    (a, b) =>
      PRESENCE_ORDER[a.helper.presence] - PRESENCE_ORDER[b.helper.presence] ||
      Number(a.helper.away !== null) - Number(b.helper.away !== null) ||
      a.distance - b.distance ||
      (a.helper.id < b.helper.id ? -1 : 1),
  );
  return { capability, matches: matches.map(({ helper }) => helper) };
}

async function findByTag(
  sessions: readonly HelpCandidate[],
  capability: string,
  taxonomy: Taxonomy,
): Promise<Found[]> {
  const direct = spellings(capability);
  const related = (await relatedTo(capability, taxonomy)).flatMap(spellings);
  return sessions.flatMap((session) => {
    const tags = [...new Set([...session.specialization, ...session.capabilities_offered])];
    const named = tags.filter((tag) => direct.some((wanted) => hasPhrase(tag, wanted)));
    const relatedTags = tags.filter((tag) => related.some((wanted) => hasPhrase(tag, wanted)));
    const matched = [...new Set([...named, ...relatedTags])];
    return matched.length > 0 ? [{ session, matched, distance: named.length > 0 ? 0 : 1 }] : [];
  });
}

async function findByText(sessions: readonly HelpCandidate[], capability: string): Promise<Found[]> {
  const { indexSessions } = await import("./session-index.ts");
  const hits = indexSessions(sessions)(capability);
  const best = hits[0]?.score ?? 0;
  return hits
    .filter((hit) => hit.score >= best * MIN_SHARE)
    .map(({ session, score, found }) => ({
      session,
      matched: [...found.keys()].map((field) => `text: ${field}`),
      distance: -score,
    }));
}

/**
 * The specializations that the taxonomy relates to a capability: those of the exact keyword; if there is none, those
 * of keywords with the same stem. So `deployment` finds `deploy`.
 */
async function relatedTo(capability: string, taxonomy: Taxonomy): Promise<string[]> {
  const exact = Object.entries(taxonomy).filter(([keyword]) => foldSkill(keyword) === foldSkill(capability));
  if (exact.length > 0) return exact.flatMap(([, specializations]) => specializations);
  const { stem } = await import("./terms.ts");
  const stemWords = (phrase: string) => foldSkill(phrase).split(" ").map(stem).join(" ");
  return Object.entries(taxonomy)
    .filter(([keyword]) => stemWords(keyword) === stemWords(capability))
    .flatMap(([, specializations]) => specializations);
}

/**
 * The phrase as written, with hyphens for spaces, and with spaces for hyphens, because people write `react native`
 * both ways.
 */
function spellings(phrase: string): string[] {
  const folded = foldSkill(phrase);
  return folded === "" ? [] : [folded, folded.replaceAll(" ", "-"), folded.replaceAll("-", " ")];
}

/** Whether the phrase is the whole tag or whole words of it. A hyphenated word is one word. */
function hasPhrase(tag: string, phrase: string): boolean {
  return ` ${foldSkill(tag)} `.includes(` ${phrase} `);
}
