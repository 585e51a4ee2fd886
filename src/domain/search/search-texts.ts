import MiniSearch from "minisearch";
import type { Message } from "../messages/message.ts";
import type { Collaboration } from "../requests/collaboration.ts";
import type { Instant } from "../values/instant.ts";
import { inOrderOf } from "../values/order.ts";
import { firstLine } from "../values/visible.ts";
import { readTerms, readWords } from "./terms.ts";

interface Document {
  readonly id: string;
  readonly kind: "message" | "request";
  readonly from: string;
  readonly to: string | null;
  readonly at: Instant;
  readonly text: string;
}

/** A message or a request in which words were found. */
export interface TextHit extends Omit<Document, "text"> {
  /** One line of it around the first word that was found. */
  readonly excerpt: string;
}

const EXCERPT_WIDTH = 160;
const BEFORE = 40;
/** A query says what it is about in its first terms. */
const MOST_TERMS = 50;

/**
 * Where the words occur, in any of their forms: what has more of them first, of like fit the newest. A request is
 * found once, not by the message that told it too.
 */
export function searchTexts(
  messages: readonly Message[],
  requests: readonly Collaboration[],
  query: string,
  limit: number,
): TextHit[] {
  const terms = [...new Set(readTerms(query))].slice(0, MOST_TERMS);
  const documents = documentsOf(messages, requests);
  const index = new MiniSearch<{ position: number; text: string }>({
    fields: ["text"],
    idField: "position",
    tokenize: (text) => (text === "" ? [] : text.split(" ")),
    processTerm: (term) => term,
  });
  index.addAll(documents.map(({ text }, position) => ({ position, text: readTerms(text).join(" ") })));
  return index
    .search(terms.join(" "))
    .flatMap(({ id, score, queryTerms }) => {
      const document = documents[id];
      return document ? [{ document, score: score * (1 + queryTerms.length / terms.length / 2) }] : [];
    })
    .sort((a, b) => b.score - a.score || Date.parse(b.document.at) - Date.parse(a.document.at))
    .slice(0, limit)
    .map(({ document: { text, ...hit } }) => ({ ...hit, excerpt: excerptOf(text, new Set(terms)) }));
}

function documentsOf(messages: readonly Message[], requests: readonly Collaboration[]): Document[] {
  const known = new Set<string>(requests.map(({ request_id }) => request_id));
  const isTold = ({ request_id, reply_to }: Message) => !reply_to && known.has(request_id ?? "");
  return [
    ...messages
      .filter((message) => !isTold(message))
      .map(({ id, from, to, sent_at, subject, body }) => {
        const text = subject ? `${subject}\n${body}` : body;
        return { id, kind: "message" as const, from, to, at: sent_at, text };
      }),
    ...requests.map(({ request_id, from_session, to_session, created_at, request, history }) => {
      const text = [request, ...history.flatMap(({ note }) => note ?? [])].join("\n");
      const parties = { from: from_session, to: to_session };
      return { id: request_id, kind: "request" as const, ...parties, at: created_at, text };
    }),
    // The index keeps running averages: the order of insertion would show in the last digit of a score.
  ].sort(inOrderOf(({ id }) => id));
}

function excerptOf(text: string, terms: ReadonlySet<string>): string {
  const word = readWords(text).find((each) => each.terms.some((term) => terms.has(term)));
  const at = word === undefined ? 0 : text.toLowerCase().indexOf(word.text.toLowerCase());
  const start = at <= BEFORE ? 0 : text.indexOf(" ", at - BEFORE) + 1;
  const cut = start > 0 && start <= at ? start : 0;
  return `${cut > 0 ? "…" : ""}${firstLine(text.slice(cut), EXCERPT_WIDTH)}`;
}

const PLAIN = /^[\t\n\r\x20-\x7e]*$/;

/**
 * Whether a text may have one of the words, told without reading its words: never false where `searchTexts` would
 * find one. A stem without its last letter stands in every form of its word.
 */
export function mayMention(query: string): (text: string) => boolean {
  const stems = [...new Set(readTerms(query))].slice(0, MOST_TERMS).map((term) => term.slice(0, -1));
  return (text) => {
    if (!PLAIN.test(text)) return true;
    const lower = text.toLowerCase();
    const joined = lower.replaceAll(/[-._]/g, "");
    return stems.some((stem) => lower.includes(stem) || joined.includes(stem));
  };
}
