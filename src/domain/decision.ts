import type { Refusal } from "./refusal.ts";
import type * as z from "./values/z.ts";

/** One file to write, its path relative to the repository's root. `undefined` text deletes the file. */
export interface FileChange {
  readonly path: string;
  readonly text: string | undefined;
  /** The value that reading the text would return, when the file holds one record of the snapshot. */
  readonly value?: unknown;
}

/** The outcome of an operation on a given state: a change, no change, or a refusal. */
export type Decision<Result> =
  | {
      readonly kind: "change";
      readonly subject: string;
      readonly files: readonly FileChange[];
      readonly result: Result;
    }
  | { readonly kind: "nothing"; readonly result: Result }
  | Refusal;

/** A decision to write these files in one commit, with the result for the author. */
export function change<Result>(
  subject: string,
  files: readonly FileChange[],
  result: Result,
): Decision<Result> {
  return { kind: "change", subject, files, result };
}

/** A decision to write no commit, because the state is already as requested. */
export function nothing<Result>(result: Result): Decision<Result> {
  return { kind: "nothing", result };
}

/** A JSON file in the key order of the value, with a newline at its end. */
export function putJson(path: string, value: unknown): FileChange {
  return { path, text: `${JSON.stringify(value, null, 2)}\n`, value };
}

/**
 * A record's file, with the keys in the order of its schema. Reading returns them in the same order, so the next
 * change to the record moves no other key, and a record just made has the same bytes as one read from its file.
 */
export function putRecord<Record>(path: string, schema: z.ZodMiniType<Record>, record: Record): FileChange {
  const ordered = schema.safeParse(record);
  return putJson(path, ordered.success ? ordered.data : record);
}

export function removeFile(path: string): FileChange {
  return { path, text: undefined };
}

export function putText(path: string, text: string): FileChange {
  return { path, text };
}
