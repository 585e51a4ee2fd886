import { type Availability, countLoad, weighAvailability } from "../requests/absence.ts";
import { describeSession, type Searchable, type SessionDescription } from "../sessions/describe.ts";
import type { Presence } from "../sessions/presence.ts";
import type { Part, Snapshot } from "../snapshot.ts";
import type { SessionId } from "../values/ids.ts";
import type { Instant } from "../values/instant.ts";
import { foldForShell, shellArgument } from "../values/shell-quote.ts";
import { firstLine } from "../values/visible.ts";
import { groupCompleted, type Observation, observe, readCompletion } from "./completions.ts";
import { type Hit, indexSessions, MOST_TERMS } from "./session-index.ts";
import { readTerms, readWords } from "./terms.ts";

interface Match {
  readonly id: SessionId;
  readonly name: string;
  readonly role: string;
  /** Orders the matches of one answer; it cannot be compared with another answer's. */
  readonly score: number;
  /** How much of the task and of the profile meet, from 0: by the text alone, and comparable anywhere. */
  readonly relevance: number;
  readonly reasons: readonly string[];
  readonly presence: Presence;
  readonly available: boolean;
}

export interface MatchView {
  readonly task: string;
  /** The words of the task that were looked for. */
  readonly keywords: readonly string[];
  /** Best first; empty when nobody fits well enough to be asked. */
  readonly matches: readonly Match[];
  /** Commands to run next, ready to be copied; the most promising first, a broadcast last. */
  readonly next: readonly string[];
}

/** The parts of the state that a match counts on. */
export const MATCH_PARTS = [
  "settings",
  "taxonomy",
  "sessions",
  "heartbeats",
  "collaborations",
  "archivedLately",
] as const satisfies Part[];
type State = Pick<Snapshot, (typeof MATCH_PARTS)[number]>;
type Candidate = SessionDescription<SessionId>;

/** A session that fits, and what is for and against asking it. */
interface Weighed {
  readonly hit: Hit<Candidate>;
  readonly availability: Availability;
  readonly observed: Observation;
  readonly score: number;
}

const MOST_MATCHES = 5;

/**
 * Nobody is proposed unless somebody's relevance reaches this. Measured by `npm run bench:match` on 439 tasks in
 * hives of 8, with the right session there and with it taken out: one or two right answers in a hundred are
 * hidden, and a quarter of the tasks that nobody there is for are refused. At 0.08 one in twenty is hidden, at 0.1
 * one in nine: not worth what is refused, for a request can be declined.
 */
export const LEAST_RELEVANCE = 0.06;
/** Others are listed down to this share of the best score: a third fewer, and no right answer of the first three. */
const LEAST_SHARE = 0.05;

/**
 * Who should do a task: by what the sessions say of themselves, then by who is there and free and has completed its
 * like, each with reasons. Presence, load and records reorder sessions of like fit and nothing more. The asking
 * session is never proposed.
 */
export function match(state: State, task: string, now: Instant, asking?: SessionId): MatchView {
  const others = [...state.sessions].filter(([id]) => id !== asking);
  const sessions = others.map(([id, profile]) => describeSession(id, profile, state.heartbeats.get(id), now));
  const load = countLoad(state.collaborations.values());
  const completed = groupCompleted([...state.collaborations.values(), ...state.archivedLately.values()]);
  const said = new Set(readTerms(task).slice(0, MOST_TERMS));
  const weighed = keepFitting(indexSessions(sessions, state.taxonomy)(task)).map((hit): Weighed => {
    const availability = weighAvailability(state, hit.session, load, now);
    const observed = observe(said, (completed.get(hit.session.id) ?? []).map(readCompletion));
    return { hit, availability, observed, score: round(hit.score * availability.factor * observed.factor) };
  });
  weighed.sort((a, b) => b.score - a.score || (a.hit.session.id < b.hit.session.id ? -1 : 1));
  const matches = weighed.slice(0, MOST_MATCHES).map(toMatch);
  const keywords = new Set(readWords(task).map((word) => word.text.toLowerCase()));
  return { task, keywords: [...keywords], matches, next: proposeNext(task, matches) };
}

function keepFitting(hits: readonly Hit<Candidate>[]): Hit<Candidate>[] {
  if (!hits.some((hit) => hit.relevance >= LEAST_RELEVANCE)) return [];
  const least = (hits[0]?.score ?? 0) * LEAST_SHARE;
  return hits.filter((hit) => hit.score >= least);
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

/** Asks the best; beside it the best who is available, if that is another who fits half as well; else everybody. */
function proposeNext(task: string, matches: readonly Match[]): string[] {
  if (foldForShell(task) === "") return [];
  const text = shellArgument(task);
  const least = (matches[0]?.relevance ?? 0) / 2;
  const available = matches.filter((match) => match.available && match.relevance >= least);
  const asked = new Set([...matches.slice(0, 1), ...available.slice(0, 1)].map(({ id }) => id));
  return [...[...asked].map((id) => `hive request ${id} ${text}`), `hive broadcast ${text}`];
}

const MOST_PARTS = 4;

const PART_WIDTH = 40;

/**
 * Why a session was found, strongest place first: `specialization: deployment, devops`. Tags are shown whole, of
 * other texts the words that fit.
 */
function explainHit({ session, found, isRelated }: Hit<Searchable>): string[] {
  return [...found].map(([field, terms]) => {
    const value = session[field];
    const parts = typeof value === "string" ? readWords(value).map((word) => word.text) : value;
    const fitting = parts.filter((part) => readTerms(part).some((term) => terms.has(term)));
    const shown = [...new Set(fitting)].slice(0, MOST_PARTS).map((part) => firstLine(part, PART_WIDTH));
    return `${isRelated ? "related " : ""}${field}: ${shown.join(", ")}`;
  });
}
