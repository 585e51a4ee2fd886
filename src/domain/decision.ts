import type { Refusal } from "./refusals.ts";

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

export function putText(path: string, text: string): FileChange {
  return { path, text };
}
