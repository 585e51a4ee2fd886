import type { Refusal } from "./domain/refusal.ts";

/** What a failure means to whoever called; the command line maps each to one exit code. */
export type Failure = "failed" | "usage" | "invalid";

/** The world said no: what happened to what, and what to do next. Never thrown for a bug or for a rule. */
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

/** A call that cannot be meant: what is wrong with it, and how it goes. */
export function wrongCall(message: string, hint: string): HiveError {
  return new HiveError("usage", message, hint, { failure: "usage" });
}

/** The rules said no to what a command asked for. */
export class RefusedError extends Error {
  readonly refusal: Refusal;

  constructor(refusal: Refusal) {
    super(refusal.message);
    this.refusal = refusal;
  }
}

/** What went wrong, where that is no bug. */
export function expected(error: unknown): HiveError {
  if (error instanceof HiveError) return error;
  throw error;
}
