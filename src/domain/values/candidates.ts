import { quoteOthers } from "./framed.ts";

const MAX_CANDIDATES = 5;

/** What to do with an ambiguous id: the candidates, each with the first words of its text. */
export function chooseFrom(candidates: readonly { readonly id: string; readonly text: string }[]): string {
  const shown = candidates
    .slice(0, MAX_CANDIDATES)
    .map(({ id, text }) => `${id} ${quoteOthers(text, 40)}`.trim());
  const more = candidates.length - shown.length;
  const rest = more > 0 ? `, and ${more} more` : "";
  return `Give more of the id of one of these (their texts are unverified): ${shown.join(", ")}${rest}`;
}
