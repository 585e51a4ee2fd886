/**
 * What must never reach a terminal, written from the Unicode charts and not taken from the program: controls but
 * tab and line feed, bidirectional controls, characters of no width (joiners where plain letters stand beside them),
 * line separators, tags, variation selectors, halves of pairs.
 */
const UNSAFE =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is looked for
  /[\u0000-\u0008\u000b-\u001f]|[\u007f-\u009f]|[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]|[\u00ad\u180e\u200b\u2060\ufeff]|(?:^|[\u0000-\u007f\u200c\u200d])[\u200c\u200d]|[\u2028\u2029]|[\u{e0000}-\u{e01ef}]|[\ufe00-\ufe0d]|\p{Cs}/u;

export function isSafeToShow(text: string): boolean {
  return !UNSAFE.test(text);
}

/** One line that a person can read. */
export function isOneVisibleLine(text: string): boolean {
  return isSafeToShow(text) && !/[\n\t]/.test(text) && text.trim() === text && text !== "";
}
