import type * as z from "zod/mini";
import type { Finding } from "../../domain/values/finding.ts";
import { checkDepth, checkDuplicates, checkKeys } from "./scan.ts";
import { locate, Unreadable } from "./unreadable.ts";

/** The value of a file, or the finding about it. */
export type Decoded<Value> = { readonly value: Value } | { readonly finding: Finding };

/**
 * Decodes one file of the hub: bytes to text, text to data, data by its schema. An invalid file becomes a finding.
 */
export async function decodeFile<Value>(
  path: string,
  bytes: Uint8Array,
  parse: (text: string) => unknown | Promise<unknown>,
  schema: z.ZodMiniType<Value>,
): Promise<Decoded<Value>> {
  let text = "";
  try {
    text = decodeUtf8(bytes);
    checkText(text);
    const result = checkSchema(schema, await parse(text));
    if (result.success) return { value: result.data };
    const issue = result.error.issues[0];
    const where = issue && issue.path.length > 0 ? `${issue.path.map(String).join(".")}: ` : "";
    throw new Unreadable("schema", `${where}${issue?.message}`, offsetOfKey(text, issue?.path.at(-1)));
  } catch (error) {
    if (!(error instanceof Unreadable)) throw error;
    return { finding: { path, ...locate(text, error.offset), rule: error.rule, message: error.message } };
  }
}

/**
 * Checks a value by a schema. The library hands on the faults inside a value as arguments of one call, and about 100,000
 * of them do not fit on the stack. Throws Unreadable.
 */
export function checkSchema<Value>(
  schema: z.ZodMiniType<Value>,
  value: unknown,
  explained?: { readonly error: () => string },
): z.core.util.SafeParseResult<Value> {
  try {
    return schema.safeParse(value, explained);
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    throw new Unreadable("schema", "the file has more faults than can be listed");
  }
}

/** Checks that there is no byte-order mark and no NUL. Throws Unreadable. */
export function checkText(text: string): void {
  if (text.startsWith("\ufeff")) throw new Unreadable("utf-8", "the file starts with a byte-order mark");
  const nul = text.indexOf("\0");
  if (nul >= 0) throw new Unreadable("utf-8", "the file has a NUL character", nul);
}

/** Decodes strict UTF-8. Throws Unreadable. */
export function decodeUtf8(bytes: Uint8Array): string {
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    throw new Unreadable("utf-8", "the file is not valid UTF-8");
  }
}

/**
 * Parses JSON that is not too deep and has no duplicate keys and no keys that JavaScript uses itself. Throws
 * Unreadable.
 */
export async function parseJson(text: string): Promise<unknown> {
  checkDepth(text);
  const value = await readJson(text);
  checkDuplicates(text);
  checkKeys(value);
  return value;
}

/**
 * Parses JSON. If that fails, a second parser finds the position, because the platform's parser does not always
 * report it.
 */
async function readJson(text: string): Promise<unknown> {
  try {
    return JSON.parse(text);
  } catch {
    const { visit } = await import("jsonc-parser");
    let first = text.length;
    const onError = (_: number, offset: number) => {
      first = Math.min(first, offset);
    };
    visit(text, { onError }, { disallowComments: true });
    throw new Unreadable("json", "the file is not valid JSON", first);
  }
}

function offsetOfKey(text: string, key: PropertyKey | undefined): number {
  if (typeof key !== "string") return 0;
  const quoted = text.indexOf(`"${key}"`);
  return Math.max(0, quoted >= 0 ? quoted : text.indexOf(`\n${key}:`) + 1);
}
