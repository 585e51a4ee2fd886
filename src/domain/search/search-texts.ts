import MiniSearch from "minisearch";
import type { Message } from "../messages/message.ts";
import type { Collaboration } from "../requests/collaboration.ts";
import type { Instant } from "../values/instant.ts";
import { inOrderOf } from "../values/order.ts";
import { isReference } from "../values/reference.ts";
import { firstLine } from "../values/visible.ts";
import { readTerms, readWords } from "./terms.ts";

interface TextDocument {
  readonly id: string;
  readonly kind: "message" | "request";
  readonly from: string;
  readonly to: string | null;
  readonly at: Instant;
  readonly text: string;
}

/** A message or request in which words were found. */
export interface TextHit extends Omit<TextDocument, "text"> {
  /** One line of its text around the first word found. */
  readonly excerpt: string;
}

const EXCERPT_WIDTH = 160;
const EXCERPT_LEAD = 40;
/** Most terms of a query that count. A query names its subject in its first terms. */
const MAX_TERMS = 50;

/**
 * Finds messages and requests that contain the words in any form: those with more of the words first, equal ones
 * newest first. Before all, what the query names by its id. A request is found once; the message that announced it is left out.
 */
export function searchTexts(
  messages: readonly Message[],
  requests: readonly Collaboration[],
  query: string,
  limit: number,
): TextHit[] {
  const terms = [...new Set(readTerms(query))].slice(0, MAX_TERMS);
  const documents = documentsOf(messages, requests);
  const index = new MiniSearch<{ position: number; text: string }>({
    fields: ["text"],
    idField: "position",
    tokenize: (text) => (text === "" ? [] : text.split(" ")),
    processTerm: (term) => term,
  });
  index.addAll(documents.map(({ text }, position) => ({ position, text: readTerms(text).join(" ") })));
  // What has the id that the query is, or a start or an end of it, comes before what only mentions it.
  const named = documents.filter(({ id }) => isReference(query.trim(), id)).slice(0, limit);
  const found = index
    .search(terms.join(" "))
    .flatMap(({ id, score, queryTerms }) => {
      const document = documents[id];
      return document ? [{ document, score: score * (1 + queryTerms.length / terms.length / 2) }] : [];
    })
    .sort((a, b) => b.score - a.score || Date.parse(b.document.at) - Date.parse(a.document.at))
    .map(({ document }) => document)
    .filter((document) => !named.includes(document));
  return [...named, ...found]
    .slice(0, limit)
    .map(({ text, ...hit }) => ({ ...hit, excerpt: excerptOf(text, new Set(terms)) }));
}

function documentsOf(messages: readonly Message[], requests: readonly Collaboration[]): TextDocument[] {
  const known = new Set<string>(requests.map(({ request_id }) => request_id));
  const isAnnouncementOfRequest = ({ request_id, reply_to }: Message) =>
    !reply_to && known.has(request_id ?? "");
  return [
    ...messages
      .filter((message) => !isAnnouncementOfRequest(message))
      .map(({ id, from, to, sent_at, subject, body }) => {
        const text = subject ? `${subject}\n${body}` : body;
        return { id, kind: "message" as const, from, to, at: sent_at, text };
      }),
    ...requests.map(({ request_id, from_session, to_session, created_at, request, history }) => {
      const text = [request, ...history.flatMap(({ note }) => note ?? [])].join("\n");
      const parties = { from: from_session, to: to_session };
      return { id: request_id, kind: "request" as const, ...parties, at: created_at, text };
    }),
    // The index keeps running averages, so the order of insertion would change the last digit of a score.
  ].sort(inOrderOf(({ id }) => id));
}

function excerptOf(text: string, terms: ReadonlySet<string>): string {
  const word = readWords(text).find((each) => each.terms.some((term) => terms.has(term)));
  const at = word === undefined ? 0 : text.toLowerCase().indexOf(word.text.toLowerCase());
  const start = at <= EXCERPT_LEAD ? 0 : text.indexOf(" ", at - EXCERPT_LEAD) + 1;
  const cut = start > 0 && start <= at ? start : 0;
  return `${cut > 0 ? "…" : ""}${firstLine(text.slice(cut), EXCERPT_WIDTH)}`;
}

const PLAIN = /^[\t\n\r\x20-\x7e]*$/;

/**
 * Returns a quick test whether a text may contain one of the words, without reading its words. It never returns false
 * for a text in which `searchTexts` finds one, because a stem without its last letter is part of every form of its
 * word.
 */
export function mayMention(query: string): (text: string) => boolean {
  const stems = [...new Set(readTerms(query))].slice(0, MAX_TERMS).map((term) => term.slice(0, -1));
  return (text) => {
    if (!PLAIN.test(text)) return true;
    const lower = text.toLowerCase();
    const joined = lower.replaceAll(/[-._]/g, "");
    return stems.some((stem) => lower.includes(stem) || joined.includes(stem));
  };
}
