import MiniSearch, { type MatchInfo, type SearchResult } from "minisearch";
import type { Taxonomy } from "../hub/taxonomy.ts";
import type { Searchable } from "../sessions/describe.ts";
import { inOrderOf } from "../values/order.ts";
import { readTerms, readWords } from "./terms.ts";

const FIELDS = ["specialization", "capabilities_offered", "name", "id", "role", "current_work"] as const;
type SearchField = (typeof FIELDS)[number];

export interface Hit<Session> {
  readonly session: Session;
  /** For ranking within one hive: depends on how many words match, in which fields, and how rare they are. */
  readonly score: number;
  /** For judging whether the session fits at all: from 0, independent of the other sessions. */
  readonly relevance: number;
  /** The terms found in each field; the fields in order of importance. */
  readonly found: ReadonlyMap<SearchField, ReadonlySet<string>>;
  /** True if no word of the text was found, only words that the taxonomy relates to it. */
  readonly isRelated: boolean;
}

/** A session's name counts more than its offers; its current work counts less. */
const BOOST = { name: 2, current_work: 0.5 };
/** Weight of a related word compared with a word of the text, for the score and for the relevance. */
const RELATED = { score: 0.2, relevance: 0.5 };
/** Most distinct terms of a profile that related words may find. A longer profile describes itself. */
const MAX_SHORT_PROFILE_TERMS = 40;
/**
 * Most terms of a text that count. A text names its subject in its first terms; the rest of a pasted log only costs
 * time.
 */
export const MAX_TERMS = 300;

/**
 * Indexes the sessions and returns their search: best first, ties by id, for any input order. Whole words and their
 * stems match, never parts of words. A session that shares no word with the text is left out. Words that the taxonomy
 * relates to the text find only short profiles that the text itself does not find: in one score they made the
 * measured ranking among many sessions worse; separate, they do not.
 */
export function indexSessions<Session extends Searchable>(
  sessions: readonly Session[],
  taxonomy: Taxonomy = {},
): (text: string) => Hit<Session>[] {
  // The index keeps running averages, so the order of insertion would change the last digit of a score.
  const sorted = [...sessions].sort(inOrderOf(({ id }) => id));
  const read = cacheTerms();
  const documents = sorted.map((session, position) => toDocument(session, position, read));
  const index = new MiniSearch<SessionDocument>({
    fields: [...FIELDS],
    idField: "position",
    tokenize: splitTerms,
    processTerm: (term) => term,
  });
  index.addAll(documents);
  return (text) => {
    const terms = readTerms(text).slice(0, MAX_TERMS);
    const textTerms = new Set(terms);
    const direct = index.search(terms.join(" "), { boost: BOOST });
    const isFound = new Set(direct.map(({ id }) => id));
    const related = index.search(relatedTerms(textTerms, taxonomy).join(" "), {
      filter: ({ id }) => !isFound.has(id) && (documents[id]?.size ?? 0) <= MAX_SHORT_PROFILE_TERMS,
    });
    const hits = [...direct, ...related].flatMap((result) => {
      const [session, document] = [sorted[result.id], documents[result.id]];
      return session && document
        ? [{ session, ...judge(result, document, textTerms.size, !isFound.has(result.id)) }]
        : [];
    });
    return hits.sort((a, b) => b.score - a.score || (a.session.id < b.session.id ? -1 : 1));
  };
}

type SessionDocument = Record<SearchField, string> & {
  readonly position: number;
  /** The number of distinct terms of the profile. */
  readonly size: number;
};

type Read = (text: string) => readonly string[];

/** Caches the terms of each text, because in a large hive many sessions share their tags. */
function cacheTerms(): Read {
  const known = new Map<string, readonly string[]>();
  return (text) => {
    const terms = known.get(text) ?? readTerms(text);
    known.set(text, terms);
    return terms;
  };
}

function toDocument(session: Searchable, position: number, read: Read): SessionDocument {
  const name = readTerms(withoutPrefix(session.name));
  // An id mostly repeats the name, and registration fills both lists with the same skills.
  const id = readTerms(withoutPrefix(session.id).replaceAll("-", " ")).filter((term) => !name.includes(term));
  const offered = session.capabilities_offered.filter((tag) => !session.specialization.includes(tag));
  const terms = {
    specialization: joinTerms(session.specialization, read),
    capabilities_offered: joinTerms(offered, read),
    name: name.join(" "),
    id: id.join(" "),
    role: joinTerms([session.role], read),
    current_work: joinTerms([session.current_work], read),
  };
  return { position, size: new Set(Object.values(terms).flatMap(splitTerms)).size, ...terms };
}

function joinTerms(texts: readonly string[], read: Read): string {
  return texts.flatMap(read).join(" ");
}

function splitTerms(terms: string): string[] {
  return terms === "" ? [] : terms.split(" ");
}

/** Removes `session-`: a session without a chosen name has its id as name, and ids often start with this word. */
function withoutPrefix(name: string): string {
  return name.replace(/^session-/, "");
}

/** The terms that the taxonomy relates to the given terms; for a compound only the joined form. */
function relatedTerms(textTerms: ReadonlySet<string>, taxonomy: Taxonomy): string[] {
  const related = Object.entries(taxonomy)
    .map(([keyword, specializations]) => [readTerms(keyword), specializations] as const)
    .filter(([terms]) => terms.length > 0 && terms.every((term) => textTerms.has(term)))
    .flatMap(([, specializations]) => specializations.flatMap(readWords))
    .flatMap((word) => word.terms.slice(-1));
  return [...new Set(related)];
}

/**
 * The score is BM25+ of the index, raised by up to a half for the share of the text's terms that were found. The
 * relevance is the cosine of the two sets of terms, where a term of the name counts twice and a term only in the
 * current work half. So one matching word of two in a profile of ten terms counts as much as the many that a long
 * text shares with a long profile.
 */
function judge(
  { score, match }: SearchResult,
  { size }: SessionDocument,
  textTermCount: number,
  isRelated: boolean,
): Omit<Hit<never>, "session"> {
  const fields = Object.values(match);
  const weight =
    fields.map(weightOf).reduce((sum, each) => sum + each, 0) * (isRelated ? RELATED.relevance : 1);
  return {
    score: isRelated ? score * RELATED.score : score * (1 + fields.length / textTermCount / 2),
    relevance: weight / Math.sqrt(textTermCount * size),
    found: groupByField(match),
    isRelated,
  };
}

function weightOf(fields: readonly string[]): number {
  if (fields.includes("name")) return BOOST.name;
  return fields.some((field) => field !== "current_work") ? 1 : BOOST.current_work;
}

function groupByField(match: MatchInfo): Map<SearchField, Set<string>> {
  const terms = (field: SearchField) => Object.keys(match).filter((term) => match[term]?.includes(field));
  const groups = FIELDS.map((field) => [field, new Set(terms(field))] as const);
  return new Map(groups.filter(([, found]) => found.size > 0));
}
