import type { Refusal } from "./domain/refusal.ts";
import { quoteForShell } from "./domain/values/shell-quote.ts";

/** The kind of a failure. The command line maps each to one exit code. */
export type Failure = "failed" | "usage" | "invalid";

/** A failure of Git, the network, a file or the call: what happened, to what, and what to do next. Never a bug or a refusal by the rules. */
export class HiveError extends Error {
  readonly code: string;
  readonly hint: string;
  readonly failure: Failure;

  constructor(
    code: string,
    message: string,
    hint: string,
    options: { failure?: Failure; cause?: unknown } = {},
  ) {
    super(message, options.cause === undefined ? {} : { cause: options.cause });
    this.name = "HiveError";
    this.code = code;
    this.hint = hint;
    this.failure = options.failure ?? "failed";
  }
}

/** The code where another hub is at an address than this host knew there. */
export const ANOTHER_HUB = "another_hub";

/** The error for a call with wrong arguments: what is wrong, and the correct form. */
export function wrongCall(message: string, hint: string): HiveError {
  return new HiveError("usage", message, hint, { failure: "usage" });
}

/** The rules refused the operation of a command. */
export class RefusedError extends Error {
  readonly refusal: Refusal;

  constructor(refusal: Refusal) {
    super(refusal.message);
    this.refusal = refusal;
  }
}

/** Returns the error as a HiveError. Throws it again where it is another error, because that is a bug. */
export function asHiveError(error: unknown): HiveError {
  if (error instanceof HiveError) return error;
  throw error;
}

/** What mends an error of the operating system such as a full disk. */
export function whatMends(cause: Error): string {
  const { code, path, dest = path } = cause as NodeJS.ErrnoException & { readonly dest?: string };
  if (dest !== undefined && (code === "EISDIR" || code === "ENOTEMPTY"))
    return `A folder lies where a file belongs. Remove it: rm -r ${quoteForShell(dest)}`;
  if (dest !== undefined && (code === "ENOTDIR" || code === "EEXIST"))
    return `A file lies where a folder belongs, here or above: ${dest}. Remove it.`;
  return "Check the disk's free space, the path and its permissions.";
}
