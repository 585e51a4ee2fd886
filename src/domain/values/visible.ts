/**
 * Characters that control a terminal or deceive a reader: C0 and C1 controls except line feed and tab, bidirectional
 * controls, zero-width and tag characters, variation selectors that no emoji has, the byte-order mark, halves of
 * surrogate pairs, and joiners anywhere but between emoji or letters of a script that joins.
 */
const UNSAFE =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: this pattern looks for control characters
  /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u00ad\u061c\u180e\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\u{e0000}-\u{e01ef}\p{Cs}]|[\ufe00-\ufe0d]|(?<!\p{Extended_Pictographic}|\p{Emoji_Modifier}|\ufe0f)\u200d|\u200d(?!\p{Extended_Pictographic})|(?<!(?!\u061c)[\p{Script=Arabic}\p{Script=Devanagari}\p{Script=Bengali}\p{Script=Malayalam}])\u200c/gu;

/** Matches text of only safe ASCII characters, which needs no further check. */
const PLAIN = /^[\n\t\x20-\x7e]*$/;

/** The text with every unsafe character replaced. Whether a character is unsafe can depend on its neighbours. */
export function replaceUnsafe(text: string, replacement: (character: string) => string): string {
  return PLAIN.test(text) ? text : text.replaceAll(UNSAFE, replacement);
}

/** The text with every unsafe character as `\u{1b}`. Removing one could join its neighbours into another. */
export function makeVisible(text: string): string {
  return replaceUnsafe(text, (character) => `\\u{${character.codePointAt(0)?.toString(16)}}`);
}

/** The start of a text on one line: white space folded, made visible, at most `width` characters, `…` if cut. */
export function firstLine(text: string, width: number): string {
  const characters = [...makeVisible(text.replaceAll(/\s+/gu, " ").trim())];
  return characters.length > width ? `${characters.slice(0, width - 1).join("")}…` : characters.join("");
}

/** An answer as JSON of the same value, in which no character can control a terminal that shows it. */
export function encode(answer: object): string {
  return replaceUnsafe(JSON.stringify(answer), (character) =>
    [...Array(character.length).keys()]
      .map((at) => `\\u${character.charCodeAt(at).toString(16).padStart(4, "0")}`)
      .join(""),
  );
}
