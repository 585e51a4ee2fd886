/**
 * Characters that steer a terminal or deceive a reader: C0 and C1 controls but line feed and tab, bidirectional
 * controls, zero-width and tag characters, the byte-order mark, and halves of surrogate pairs.
 */
const UNSAFE =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is looked for
  /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\u{e0000}-\u{e007f}\p{Cs}]/gu;

/** The text with every unsafe character written out as `\u{1b}`: shown, not removed, so that nothing is rebuilt from its parts. */
export function makeVisible(text: string): string {
  return text.replaceAll(UNSAFE, (character) => `\\u{${character.codePointAt(0)?.toString(16)}}`);
}

/** The start of a text on one line: made visible, white space folded, cut at `width` characters with an ellipsis. */
export function firstLine(text: string, width: number): string {
  const folded = makeVisible(text.slice(0, width * 4))
    .replaceAll(/\s+/g, " ")
    .trim();
  const characters = [...folded];
  return characters.length > width ? `${characters.slice(0, width - 1).join("")}…` : folded;
}
