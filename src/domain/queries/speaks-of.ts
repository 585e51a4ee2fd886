import type { Taxonomy } from "../hub/taxonomy.ts";
import { readWords, type Word } from "../search/terms.ts";
import { isSkill } from "../sessions/skill.ts";

/**
 * Tells from a text's terms whether it speaks of a skill: it says every word of the skill or of a keyword to which the
 * taxonomy relates it, in whatever form.
 */
export function speaksOf(skill: string, taxonomy: Taxonomy): (said: ReadonlySet<string>) => boolean {
  const isIt = isSkill(skill);
  const keywords = Object.entries(taxonomy).filter(([, related]) => related.some(isIt));
  const phrases = [skill, ...keywords.map(([keyword]) => keyword)]
    .map(readWords)
    .filter((words) => words.length > 0);
  return (said) => phrases.some((words) => words.every((word) => isSaid(word, said)));
}

/** A compound is there by all its parts, or written together. */
function isSaid({ terms }: Word, said: ReadonlySet<string>): boolean {
  return terms.every((term) => said.has(term)) || said.has(terms.at(-1) ?? "");
}
