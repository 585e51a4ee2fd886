import { countTokens } from "gpt-tokenizer";

/** How many tokens a model reads in a text, as one widely used vocabulary has it; others differ by some percent. */
export function tokensOf(text: string): number {
  return countTokens(text);
}
