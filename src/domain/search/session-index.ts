import MiniSearch, { type MatchInfo, type SearchResult } from "minisearch";
import type { Taxonomy } from "../hub/taxonomy.ts";
import type { Searchable } from "../sessions/describe.ts";
import { inOrderOf } from "../values/order.ts";
import { readTerms, readWords } from "./terms.ts";

const FIELDS = ["specialization", "capabilities_offered", "name", "id", "role", "current_work"] as const;
type Field = (typeof FIELDS)[number];

export interface Hit<Session> {
  readonly session: Session;
  /** For ranking within one hive: how many of the words fit, where, and how rare they are there. */
  readonly score: number;
  /** For judging whether the session fits at all: from 0, and the same whoever else is in the hive. */
  readonly relevance: number;
  /** Which terms were found where, the fields in the order in which they speak for a session. */
  readonly found: ReadonlyMap<Field, ReadonlySet<string>>;
  /** True when no word of the text was found, only words that the taxonomy relates to it. */
  readonly isRelated: boolean;
}

/** What a session is called says more than what it offers; what it happens to be doing says less. */
const BOOST = { name: 2, current_work: 0.5 };
/** What a related word counts beside one that the text says, in the score and in the relevance. */
const RELATED = { score: 0.2, relevance: 0.5 };
/** A profile with more distinct terms than this describes itself and needs no related words. */
const SHORT_PROFILE = 40;
/** A text says what it is about in its first terms; the rest of a pasted log would only cost time. */
export const MOST_TERMS = 300;

/**
 * Reads the sessions once and returns their search: best first, ties by id, whatever order they came in.
 * Whole words and their stems count, never parts of words; a session that shares none with the text is left out.
 * Words that the taxonomy relates to the text find only short profiles that the text itself does not: mixed into
 * one score they made the measured ranking among many sessions worse, kept apart they do not.
 */
export function indexSessions<Session extends Searchable>(
  sessions: readonly Session[],
  taxonomy: Taxonomy = {},
): (text: string) => Hit<Session>[] {
  // The index keeps running averages: the order of insertion would show in the last digit of a score.
  const sorted = [...sessions].sort(inOrderOf(({ id }) => id));
  const read = readingOnce();
  const documents = sorted.map((session, position) => toDocument(session, position, read));
  const index = new MiniSearch<Document>({
    fields: [...FIELDS],
    idField: "position",
    tokenize: splitTerms,
    processTerm: (term) => term,
  });
  index.addAll(documents);
  return (text) => {
    const terms = readTerms(text).slice(0, MOST_TERMS);
    const said = new Set(terms);
    const direct = index.search(terms.join(" "), { boost: BOOST });
    const isFound = new Set(direct.map(({ id }) => id));
    const related = index.search(relatedTerms(said, taxonomy).join(" "), {
      filter: ({ id }) => !isFound.has(id) && (documents[id]?.size ?? 0) <= SHORT_PROFILE,
    });
    const hits = [...direct, ...related].flatMap((result) => {
      const [session, document] = [sorted[result.id], documents[result.id]];
      return session && document
        ? [{ session, ...judge(result, document, said.size, !isFound.has(result.id)) }]
        : [];
    });
    return hits.sort((a, b) => b.score - a.score || (a.session.id < b.session.id ? -1 : 1));
  };
}

type Document = Record<Field, string> & {
  readonly position: number;
  /** Distinct terms of the whole profile. */
  readonly size: number;
};

type Read = (text: string) => readonly string[];

/** Reads each text once, for in a large hive many sessions share their tags. */
function readingOnce(): Read {
  const known = new Map<string, readonly string[]>();
  return (text) => {
    const terms = known.get(text) ?? readTerms(text);
    known.set(text, terms);
    return terms;
  };
}

function toDocument(session: Searchable, position: number, read: Read): Document {
  const name = readTerms(withoutPrefix(session.name));
  // An id mostly repeats the name, and registering fills both lists with the same skills.
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

/** A name that nobody chose is the id, and ids like to begin with the same word. */
function withoutPrefix(name: string): string {
  return name.replace(/^session-/, "");
}

/** What the taxonomy relates to the terms; of a compound only the whole. */
function relatedTerms(said: ReadonlySet<string>, taxonomy: Taxonomy): string[] {
  const related = Object.entries(taxonomy)
    .map(([keyword, specializations]) => [readTerms(keyword), specializations] as const)
    .filter(([terms]) => terms.length > 0 && terms.every((term) => said.has(term)))
    .flatMap(([, specializations]) => specializations.flatMap(readWords))
    .flatMap((word) => word.terms.slice(-1));
  return [...new Set(related)];
}

/**
 * The score is the index's (BM25+), raised by up to a half for the share of the text's terms that were found.
 * The relevance is the cosine of the two sets of terms, where a term of the name counts twice and one of the
 * current work alone half: one word of two in a profile of ten says as much as the many that a long text shares
 * with a long profile.
 */
function judge(
  { score, match }: SearchResult,
  { size }: Document,
  said: number,
  isRelated: boolean,
): Omit<Hit<never>, "session"> {
  const fields = Object.values(match);
  const weight = fields.map(weigh).reduce((sum, each) => sum + each, 0) * (isRelated ? RELATED.relevance : 1);
  return {
    score: isRelated ? score * RELATED.score : score * (1 + fields.length / said / 2),
    relevance: weight / Math.sqrt(said * size),
    found: groupByField(match),
    isRelated,
  };
}

function weigh(fields: readonly string[]): number {
  if (fields.includes("name")) return BOOST.name;
  return fields.some((field) => field !== "current_work") ? 1 : BOOST.current_work;
}

function groupByField(match: MatchInfo): Map<Field, Set<string>> {
  const terms = (field: Field) => Object.keys(match).filter((term) => match[term]?.includes(field));
  const groups = FIELDS.map((field) => [field, new Set(terms(field))] as const);
  return new Map(groups.filter(([, found]) => found.size > 0));
}
