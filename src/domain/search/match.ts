import { type Availability, countLoad, weighAvailability } from "../requests/absence.ts";
import { describeSession, type Searchable, type SessionDescription } from "../sessions/describe.ts";
import type { Presence } from "../sessions/presence.ts";
import type { Part, Snapshot } from "../snapshot.ts";
import type { SessionId } from "../values/ids.ts";
import type { Instant } from "../values/instant.ts";
import { foldForShell, shellArgument } from "../values/shell-quote.ts";
import { firstLine } from "../values/visible.ts";
import { groupCompleted, type Observation, observe, readCompletion } from "./completions.ts";
import { type Hit, indexSessions, MAX_TERMS } from "./session-index.ts";
import { readTerms, readWords } from "./terms.ts";

interface Match {
  readonly id: SessionId;
  readonly name: string;
  readonly role: string;
  /** Orders the matches of one answer. Scores of different answers cannot be compared. */
  readonly score: number;
  /** The overlap of task and profile, from 0. It depends only on the text, so it can be compared between answers. */
  readonly relevance: number;
  readonly reasons: readonly string[];
  readonly presence: Presence;
  readonly available: boolean;
}

export interface MatchView {
  readonly task: string;
  /** The words of the task that were searched for. */
  readonly keywords: readonly string[];
  /** Best first; empty if no session fits well enough. */
  readonly matches: readonly Match[];
  /** Next commands, ready to copy: the most promising first, a broadcast last. */
  readonly next: readonly string[];
}

/** The parts of the state that a match reads. */
export const MATCH_PARTS = [
  "settings",
  "taxonomy",
  "sessions",
  "heartbeats",
  "collaborations",
  "archivedLately",
] as const satisfies Part[];
type State = Pick<Snapshot, (typeof MATCH_PARTS)[number]>;
type MatchCandidate = SessionDescription<SessionId>;

/** A session that fits, with the reasons for and against asking it. */
interface Weighed {
  readonly hit: Hit<MatchCandidate>;
  readonly availability: Availability;
  readonly observed: Observation;
  readonly score: number;
}

const MAX_MATCHES = 5;

/**
 * No session is proposed unless at minimum one has this relevance. Measured by `npm run bench:match` on 439 tasks in
 * hives of 8 sessions, with the right session present and removed: this hides one or two right answers in a hundred,
 * and refuses a quarter of the tasks for which no session is right. 0.08 hides one right answer in twenty, and 0.1
 * one in nine. That costs more than it gains, because a request can be declined.
 */
export const MIN_RELEVANCE = 0.06;
/**
 * Least share of the best score that is listed. It removes a third of the matches, and none of the right answers
 * among the first three.
 */
const MIN_SHARE = 0.05;

/**
 * Ranks the sessions for a task by their profiles, then by presence, load and similar completed requests; each match
 * has reasons. Presence, load and records only reorder sessions that fit alike. The asking session is never proposed.
 */
export function match(state: State, task: string, now: Instant, asking?: SessionId): MatchView {
  const others = [...state.sessions].filter(([id]) => id !== asking);
  const sessions = others.map(([id, profile]) => describeSession(id, profile, state.heartbeats.get(id), now));
  const load = countLoad(state.collaborations.values());
  const completed = groupCompleted([...state.collaborations.values(), ...state.archivedLately.values()]);
  const terms = new Set(readTerms(task).slice(0, MAX_TERMS));
  const weighed = keepFitting(indexSessions(sessions, state.taxonomy)(task)).map((hit): Weighed => {
    const availability = weighAvailability(state, hit.session, load, now);
    const observed = observe(terms, (completed.get(hit.session.id) ?? []).map(readCompletion));
    return { hit, availability, observed, score: round(hit.score * availability.factor * observed.factor) };
  });
  weighed.sort((a, b) => b.score - a.score || (a.hit.session.id < b.hit.session.id ? -1 : 1));
  const matches = weighed.slice(0, MAX_MATCHES).map(toMatch);
  const keywords = new Set(readWords(task).map((word) => word.text.toLowerCase()));
  return { task, keywords: [...keywords], matches, next: proposeNext(task, matches) };
}

function keepFitting(hits: readonly Hit<MatchCandidate>[]): Hit<MatchCandidate>[] {
  if (!hits.some((hit) => hit.relevance >= MIN_RELEVANCE)) return [];
  const minimum = (hits[0]?.score ?? 0) * MIN_SHARE;
  return hits.filter((hit) => hit.score >= minimum);
}

function toMatch({ hit, availability, observed, score }: Weighed): Match {
  const { id, name, role } = hit.session;
  const { presence, available } = availability;
  const relevance = round(hit.relevance);
  const reasons = [...explainHit(hit), ...observed.reasons, ...availability.reasons];
  return { id, name, role, score, relevance, reasons, presence, available };
}

function round(value: number): number {
  return Math.round(value * 10_000) / 10_000;
}

/**
 * The commands: ask the best match; also ask the best available match if it is another one that fits at minimum half as
 * well; last, a broadcast.
 */
function proposeNext(task: string, matches: readonly Match[]): string[] {
  if (foldForShell(task) === "") return [];
  const text = shellArgument(task);
  const minimum = (matches[0]?.relevance ?? 0) / 2;
  const available = matches.filter((match) => match.available && match.relevance >= minimum);
  const asked = new Set([...matches.slice(0, 1), ...available.slice(0, 1)].map(({ id }) => id));
  return [...[...asked].map((id) => `hive request ${id} ${text}`), `hive broadcast ${text}`];
}

const MAX_PARTS = 4;

const PART_WIDTH = 40;

/**
 * Why a session was found, the strongest field first: `specialization: deployment, devops`. Tags are shown whole; of
 * other texts only the matching words.
 */
function explainHit({ session, found, isRelated }: Hit<Searchable>): string[] {
  return [...found].map(([field, terms]) => {
    const value = session[field];
    const parts = typeof value === "string" ? readWords(value).map((word) => word.text) : value;
    const fitting = parts.filter((part) => readTerms(part).some((term) => terms.has(term)));
    const shown = [...new Set(fitting)].slice(0, MAX_PARTS).map((part) => firstLine(part, PART_WIDTH));
    return `${isRelated ? "related " : ""}${field}: ${shown.join(", ")}`;
  });
}
