/** The shape of one kind of file of the old tools: its keys, and the key whose value is a pasted text. */
export interface FieldShape {
  readonly keys: readonly string[];
  readonly text?: string;
}

type SalvagedField = readonly [key: string, value: unknown];

/** Most characters of a `, "key": value` after a pasted text, so that the search costs the same in any file. */
const MAX_TAIL_FIELD_LENGTH = 600;

/**
 * Reads the fields of a broken JSON object, which is invalid because text was pasted unescaped between its quotes.
 *
 * 1. A valid JSON value followed by a comma and a key, or by the end, is taken as it is.
 * 2. The pasted text (`shape.text`) ends at the file's last quote. Fields of the shape that are still missing and
 *    have plain values are taken from its end. Everything else that looks like a field belongs to the text.
 * 3. Any other value ends before the first missing key of the shape.
 *
 * In cases 2 and 3 escapes are decoded only if the whole value is valid JSON: if quotes and line breaks were not
 * escaped, a backslash was not an escape either.
 */
export function salvageFields(text: string, shape: FieldShape): Record<string, unknown> {
  const found = new Map<string, unknown>();
  let at: number | undefined = text.indexOf("{") + 1;
  while (at !== undefined) {
    const opening = keyAt(text, at);
    if (!opening) break;
    const [key, start] = opening;
    const missing = shape.keys.filter((other) => other !== key && !found.has(other));
    if (key === shape.text && text[start] === '"') {
      for (const [name, value] of readPastedText(text.slice(start + 1), key, missing)) found.set(name, value);
      break;
    }
    const end: number = strictEnd(text, start) ?? looseEnd(text, start, missing);
    found.set(key, decode(text.slice(start, end)));
    at = afterComma(text, end);
  }
  return Object.fromEntries(found);
}

function keyAt(text: string, at: number): [key: string, start: number] | undefined {
  const pattern = /\s*"([^"\\\s]{1,64})"\s*:\s*/y;
  pattern.lastIndex = at;
  const match = pattern.exec(text);
  return match?.[1] === undefined ? undefined : [match[1], pattern.lastIndex];
}

/** Case 1: the end of a valid JSON value that a field or the object's end follows; undefined if there is none. */
function strictEnd(text: string, start: number): number | undefined {
  const end = text[start] === '"' ? endOfString(text, start) : endOfOther(text, start);
  if (end === undefined || !isFollowed(text, end)) return undefined;
  return isJson(text.slice(start, end)) ? end : undefined;
}

function endOfString(text: string, start: number): number | undefined {
  for (let at = start + 1; at < text.length; at++) {
    if (text[at] === "\\") at++;
    else if (text[at] === '"') return at + 1;
    else if (text[at] === "\n") return undefined;
  }
  return undefined;
}

/** The end of a number, a word, or a list or object with closed brackets. */
function endOfOther(text: string, start: number): number | undefined {
  let depth = 0;
  for (let at = start; at < text.length; at++) {
    const character = text.charAt(at);
    if (character === '"') {
      const end = endOfString(text, at);
      if (end === undefined) return undefined;
      at = end - 1;
    } else if ("[{".includes(character)) depth++;
    else if (depth === 0 && ",]}".includes(character)) return at;
    else if ("]}".includes(character)) depth--;
  }
  return undefined;
}

function isFollowed(text: string, end: number): boolean {
  const next = skipBlanks(text, end);
  if (text[next] === ",") return keyAt(text, next + 1) !== undefined;
  return text[next] === "}" && skipBlanks(text, next + 1) === text.length;
}

/** Case 3: the end of a value before the first missing key. */
function looseEnd(text: string, start: number, missing: readonly string[]): number {
  const isQuoted = text[start] === '"';
  const mark = isQuoted ? '"' : ",";
  for (let at = text.indexOf(mark, start + 1); at >= 0; at = text.indexOf(mark, at + 1)) {
    const end = isQuoted ? at + 1 : at;
    const comma = skipBlanks(text, end);
    const key = text[comma] === "," ? keyAt(text, comma + 1)?.[0] : undefined;
    if (key !== undefined && missing.includes(key)) return end;
  }
  return Math.max(start, withoutBrace(text).length);
}

/** Case 2: the pasted text and the fields after it. */
function readPastedText(rest: string, key: string, missing: readonly string[]): SalvagedField[] {
  const left = new Set(missing);
  const tail: SalvagedField[] = [];
  let body = withoutBrace(rest);
  for (let field = lastField(body); field && left.has(field.key); field = lastField(body)) {
    tail.unshift([field.key, decode(field.value)]);
    left.delete(field.key);
    body = body.slice(0, field.start);
  }
  if (body.endsWith('"')) return [[key, decode(`"${body.slice(0, -1)}"`)], ...tail];
  // Without a closing quote the file was cut off while it was written, so everything left is the text.
  const whole = withoutBrace(rest);
  return [[key, whole.endsWith('"') ? whole.slice(0, -1) : rest]];
}

function lastField(body: string): { key: string; value: string; start: number } | undefined {
  const from = Math.max(0, body.length - MAX_TAIL_FIELD_LENGTH);
  const pattern = /["\w](\s*,\s*"([^"\\\s]{1,64})"\s*:\s*("[^"\\\n]*"|-?[\d.]+|true|false|null))$/;
  const match = pattern.exec(body.slice(from));
  if (match?.[1] === undefined || match[2] === undefined || match[3] === undefined) return undefined;
  return { key: match[2], value: match[3], start: body.length - match[1].length };
}

function withoutBrace(text: string): string {
  const end = text.trimEnd();
  const body = end.endsWith("}") ? end.slice(0, -1).trimEnd() : end;
  return body.endsWith(",") ? body.slice(0, -1).trimEnd() : body;
}

function afterComma(text: string, end: number): number | undefined {
  const next = skipBlanks(text, end);
  return text[next] === "," ? next + 1 : undefined;
}

function skipBlanks(text: string, at: number): number {
  const blanks = /\s*/y;
  blanks.lastIndex = at;
  blanks.exec(text);
  return blanks.lastIndex;
}

/** The value as JSON if it is valid as a whole, else its literal characters. */
function decode(source: string): unknown {
  try {
    return JSON.parse(source);
  } catch {
    if (!source.startsWith('"')) return source;
    return source.length > 1 && source.endsWith('"') ? source.slice(1, -1) : source.slice(1);
  }
}

function isJson(source: string): boolean {
  try {
    JSON.parse(source);
    return true;
  } catch {
    return false;
  }
}
