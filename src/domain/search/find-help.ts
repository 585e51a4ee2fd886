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
  /** Why it says that it is not there. */
  readonly away: Away | null;
  /** The tags that offer it; `text: role` and the like where only the text of the profile speaks of it. */
  readonly matched: readonly string[];
}

export interface HelpView {
  readonly capability: string;
  readonly matches: readonly CapabilityMatch[];
}
type State = Pick<Snapshot, "settings" | "taxonomy" | "sessions" | "heartbeats">;
type Candidate = SessionDescription<SessionId>;

/** A session that was found, the tags that say why, and how far it is from what was asked: 0 is the word itself. */
interface Found {
  readonly session: Candidate;
  readonly matched: readonly string[];
  readonly distance: number;
}

/** Of those that only their text speaks for, the ones at least half as good as the best are worth a look. */
const LEAST_SHARE = 0.5;

/**
 * Who offers a capability: the live ones first, at equal presence those who are not away before those who are, then
 * those who name it before those whose tags the taxonomy relates to it. The full text of the profiles is searched
 * only when no tag of anybody fits, so only then the search is loaded; the stemmer only when no keyword of the
 * taxonomy is the word itself.
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
  sessions: readonly Candidate[],
  capability: string,
  taxonomy: Taxonomy,
): Promise<Found[]> {
  const direct = spellings(capability);
  const related = (await relatedTo(capability, taxonomy)).flatMap(spellings);
  return sessions.flatMap((session) => {
    const tags = [...new Set([...session.specialization, ...session.capabilities_offered])];
    const named = tags.filter((tag) => direct.some((wanted) => hasPhrase(tag, wanted)));
    const akin = tags.filter((tag) => related.some((wanted) => hasPhrase(tag, wanted)));
    const matched = [...new Set([...named, ...akin])];
    return matched.length > 0 ? [{ session, matched, distance: named.length > 0 ? 0 : 1 }] : [];
  });
}

async function findByText(sessions: readonly Candidate[], capability: string): Promise<Found[]> {
  const { indexSessions } = await import("./session-index.ts");
  const hits = indexSessions(sessions)(capability);
  const best = hits[0]?.score ?? 0;
  return hits
    .filter((hit) => hit.score >= best * LEAST_SHARE)
    .map(({ session, score, found }) => ({
      session,
      matched: [...found.keys()].map((field) => `text: ${field}`),
      distance: -score,
    }));
}

/**
 * The specializations that the taxonomy gives for a capability: those of the keyword itself or, where it is none, of
 * keywords with its stem: `deployment` finds `deploy`.
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

/** As written, and with hyphens for spaces or spaces for hyphens: people write `react native` both ways. */
function spellings(phrase: string): string[] {
  const folded = foldSkill(phrase);
  return folded === "" ? [] : [folded, folded.replaceAll(" ", "-"), folded.replaceAll("-", " ")];
}

/** True when the phrase is the whole tag or whole words of it; a hyphenated word is one word. */
function hasPhrase(tag: string, phrase: string): boolean {
  return ` ${foldSkill(tag)} `.includes(` ${phrase} `);
}
