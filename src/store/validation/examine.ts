import { findConflict } from "../../domain/validation/conflict.ts";
import { explain, TO_EXPLAIN } from "../../domain/validation/explain.ts";
import type { DataKind, FileKind } from "../../domain/validation/hub-files.ts";
import type { Finding } from "../../domain/values/finding.ts";
import { checkSchema, checkText, decodeUtf8 } from "../decoding/decode.ts";
import { FORMATS, misnamed } from "../decoding/formats.ts";
import { locate, Unreadable } from "../decoding/unreadable.ts";
import { positionsIn } from "./pinpoint.ts";

/** The largest file without a value that is searched for secrets. Searching takes a second for each megabyte. */
export const MAX_SEARCHED_BYTES = 1_048_576;

/** At most this many findings of one schema are reported for a file. */
const MAX_SCHEMA_FINDINGS = 20;

/** The value of a file, or every finding about the file on its own. */
export type Examined = { readonly value: unknown } | { readonly findings: readonly Finding[] };

/** Reads one file as strictly as other readers do, but does not stop at the first value that its schema refuses. */
export async function examineFile(kind: DataKind, path: string, bytes: Uint8Array): Promise<Examined> {
  let text = "";
  try {
    text = decodeUtf8(bytes);
    checkText(text);
    refuseConflict(kind, text);
    return kind === "board" || kind === "attributes" ? { value: text } : await checkValue(kind, path, text);
  } catch (error) {
    if (!(error instanceof Unreadable)) throw error;
    return { findings: [{ path, ...locate(text, error.offset), rule: error.rule, message: error.message }] };
  }
}

/** The findings about a file that git-hive does not read. */
export function examineOther(path: string, bytes: Uint8Array): Finding[] {
  const text = new TextDecoder().decode(bytes);
  const at = findConflict(text, true);
  return at === undefined ? [] : [{ path, ...locate(text, at), rule: "conflict", message: CONFLICT }];
}

const CONFLICT = "the file has an unresolved merge conflict; expected one side of it";

/** Refuses conflict markers. Of a message only the header is checked, because its text may be about conflicts. */
function refuseConflict(kind: FileKind, text: string): void {
  const checked = kind === "messages" ? text.slice(0, Math.max(0, text.indexOf("\n---\n", 3))) : text;
  const at = findConflict(checked, kind === "board");
  const isAtStart = kind === "messages" && text.startsWith("<<<<<<< ");
  if (at !== undefined || isAtStart) throw new Unreadable("conflict", CONFLICT, at);
}

async function checkValue(
  kind: Exclude<DataKind, "board" | "attributes">,
  path: string,
  text: string,
): Promise<Examined> {
  const { parse, load, idKey } = FORMATS[kind];
  const written = await parse(text);
  const result = checkSchema(await load(), written, TO_EXPLAIN);
  const message = result.success && idKey !== undefined ? misnamed(path, result.data, idKey) : undefined;
  if (result.success && message === undefined) return { value: result.data };
  const faults = result.success
    ? [{ key: [idKey ?? ""], rule: "id-is-name", message: message ?? "" }]
    : result.error.issues
        .slice(0, MAX_SCHEMA_FINDINGS)
        .map((issue) => ({ key: issue.path, rule: "schema", message: explain(issue, written) }));
  const positionOf = await positionsIn(kind, text, faults);
  return {
    findings: await Promise.all(
      faults.map(async ({ key, rule, message }) => ({ path, ...(await positionOf({ key })), rule, message })),
    ),
  };
}
