/** A byte-order mark, of which some shells write two. */
const MARKS = /^\ufeff+/;

/**
 * Reads the first JSON object of a text as tools write it: after byte-order marks, with raw control characters in its
 * strings, and with more behind it. Throws SyntaxError where there is none.
 */
export function parseEvent(text: string): unknown {
  const plain = text.replace(MARKS, "");
  try {
    return JSON.parse(plain);
  } catch {
    return JSON.parse(firstObject(plain));
  }
}

/** Whether a text has a whole event, so that nothing more has to be waited for. */
export function isWholeEvent(text: string): boolean {
  if (!text.trimEnd().endsWith("}")) return false;
  try {
    return parseEvent(text) !== undefined;
  } catch {
    return false;
  }
}

/** A string, or a brace outside of one. A string may have raw control characters, and its end may be missing. */
const STRING_OR_BRACE = /"[^"\\]*(?:\\[\s\S][^"\\]*)*"?|[{}]/g;

/** The first object of a text, with the control characters in its strings escaped. */
function firstObject(text: string): string {
  let depth = 0;
  const parts: string[] = [];
  let from = text.indexOf("{");
  if (from < 0) return "";
  STRING_OR_BRACE.lastIndex = from;
  for (let found = STRING_OR_BRACE.exec(text); found !== null; found = STRING_OR_BRACE.exec(text)) {
    const [piece] = found;
    const end = found.index + piece.length;
    if (piece === "{") depth++;
    else if (piece === "}") depth--;
    else {
      parts.push(text.slice(from, found.index), piece.replace(CONTROL, escaped));
      from = end;
    }
    if (depth === 0) return parts.join("") + text.slice(from, end);
  }
  return "";
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is looked for
const CONTROL = /[\u0000-\u001f]/g;

function escaped(character: string): string {
  return `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`;
}
