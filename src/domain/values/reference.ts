/** The fewest characters that name an id by a part of it. */
const MIN_CHARACTERS = 4;

/** The longest id has fewer characters. */
const MAX_CHARACTERS = 64;

const REQUEST_START = "collab-";

/** Whether a text has the form of an id or a part of one: any other text names nothing, now or later. */
export function mayBeReference(text: string): boolean {
  return /^[0-9a-z-]+$/i.test(text) && text.length >= MIN_CHARACTERS && text.length <= MAX_CHARACTERS;
}

/** Whether a text is what every request's id starts with. */
export function isStartOfAll(text: string): boolean {
  return /^collab-?$/i.test(text);
}

/**
 * Whether a text names an id: the id itself, or a start or an end of it of four or more characters, in any case. Every
 * request's id has the same first word, so that word alone names none.
 */
export function isReference(text: string, id: string): boolean {
  const [given, known] = [text.toLowerCase(), id.toLowerCase()];
  if (given === known) return true;
  if (given.startsWith(REQUEST_START)) return known.startsWith(given) && given.length > REQUEST_START.length;
  const bare = known.startsWith(REQUEST_START) ? known.slice(REQUEST_START.length) : known;
  return given.length >= MIN_CHARACTERS && (bare.startsWith(given) || bare.endsWith(given));
}
