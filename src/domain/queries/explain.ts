import type { Hit } from "../search/session-index.ts";
import { readTerms, readWords } from "../search/terms.ts";
import type { Searchable } from "../sessions/describe.ts";
import { firstLine } from "../values/visible.ts";

const MOST_PARTS = 4;
const PART_WIDTH = 40;

/**
 * Why a session was found, strongest place first: `specialization: deployment, devops`. Tags are shown whole, of
 * other texts the words that fit.
 */
export function explainHit({ session, found, isRelated }: Hit<Searchable>): string[] {
  return [...found].map(([field, terms]) => {
    const value = session[field];
    const parts = typeof value === "string" ? readWords(value).map((word) => word.text) : value;
    const fitting = parts.filter((part) => readTerms(part).some((term) => terms.has(term)));
    const shown = [...new Set(fitting)].slice(0, MOST_PARTS).map((part) => firstLine(part, PART_WIDTH));
    return `${isRelated ? "related " : ""}${field}: ${shown.join(", ")}`;
  });
}
