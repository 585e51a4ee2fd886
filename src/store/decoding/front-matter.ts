import { checkKeys } from "./scan.ts";
import { Unreadable } from "./unreadable.ts";

const FENCE = "---\n";

/** A line as git-hive writes it: a plain key and a JSON string, which YAML reads as the same string. */
const OWN_LINE = /^([a-z][a-z0-9_]*): ("(?:[^"\\]|\\.)*")$/;

/**
 * Parses a message file: its front matter and, as `body`, the text after it. A header that git-hive wrote is read
 * line by line; the YAML libraries are loaded only for other headers. Throws Unreadable.
 */
export async function parseMessage(text: string): Promise<unknown> {
  const end = text.indexOf("\n---\n", 3);
  if (!text.startsWith(FENCE) || end < 0)
    throw new Unreadable("front-matter", "front matter must be between two lines of ---");
  const fields = await parseFields(text.slice(FENCE.length, end));
  return { ...fields, body: text.slice(end + FENCE.length + 1).replace(/\n$/, "") };
}

async function parseFields(header: string): Promise<object> {
  try {
    const fields = readOwnHeader(header) ?? (await import("./yaml.ts")).parseHeader(header);
    checkKeys(fields);
    return fields;
  } catch (error) {
    if (!(error instanceof Unreadable)) throw error;
    throw new Unreadable(error.rule, error.message, error.offset + FENCE.length);
  }
}

/** The fields of a header; undefined unless git-hive wrote every line and no key is repeated. */
function readOwnHeader(header: string): Record<string, unknown> | undefined {
  const fields = new Map<string, unknown>();
  for (const line of header.split("\n")) {
    const [, key, value] = OWN_LINE.exec(line) ?? [];
    if (key === undefined || value === undefined || fields.has(key)) return undefined;
    const text = readString(value);
    if (text === undefined) return undefined;
    fields.set(key, text);
  }
  return Object.fromEntries(fields);
}

/** Reads a JSON string; undefined for a string with an escape that only YAML has. */
function readString(json: string): string | undefined {
  try {
    return String(JSON.parse(json));
  } catch {
    return undefined;
  }
}
