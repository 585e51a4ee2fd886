import type { Refusal } from "./refusal.ts";
import type * as z from "./values/z.ts";

/** A file as it shall be, from the repository's root; `undefined` text deletes it. */
export interface FileChange {
  readonly path: string;
  readonly text: string | undefined;
  /** What reading the text would give, where the file holds one thing that the snapshot knows. */
  readonly value?: unknown;
}

/** What an operation comes to on a given state. */
export type Decision<Result> =
  | {
      readonly kind: "change";
      readonly subject: string;
      readonly files: readonly FileChange[];
      readonly result: Result;
    }
  | { readonly kind: "nothing"; readonly result: Result }
  | Refusal;

/** Files to write in one commit, and what to tell whoever asked. */
export function change<Result>(
  subject: string,
  files: readonly FileChange[],
  result: Result,
): Decision<Result> {
  return { kind: "change", subject, files, result };
}

/** The state is already as wished: no commit. */
export function nothing<Result>(result: Result): Decision<Result> {
  return { kind: "nothing", result };
}

/** A JSON file with stable key order and a newline at its end. */
export function putJson(path: string, value: unknown): FileChange {
  return { path, text: `${JSON.stringify(value, null, 2)}\n`, value };
}

/**
 * A record with its keys in the order of its schema, which is how it is read back: the next one to change it moves
 * nothing else, and has the same bytes whether it had read the record or made it.
 */
export function putRecord<Record>(path: string, schema: z.ZodMiniType<Record>, record: Record): FileChange {
  const ordered = schema.safeParse(record);
  return putJson(path, ordered.success ? ordered.data : record);
}

export function putText(path: string, text: string): FileChange {
  return { path, text };
}
