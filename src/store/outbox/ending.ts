import type { Refusal } from "../../domain/refusal.ts";
import type { Finding } from "../../domain/values/finding.ts";
import { type Failure, HiveError } from "../../errors.ts";

/** A HiveError in the form that a file stores. */
export interface StoredError {
  readonly code: string;
  readonly message: string;
  readonly hint: string;
  readonly failure: Failure;
}

/**
 * How an operation ended, as reported to the process that waits for it:
 * 1. landed: it is in the hub; `commit` is null when the state already was as requested;
 * 2. refusal: the rules refuse it;
 * 3. failed: nothing was written and nothing waits;
 * 4. queued: it waits on this host because of `why`, and a later command lands it;
 * 5. kept: it is not urgent and is sent with this host's next push.
 */
export type Ending =
  | {
      readonly kind: "landed";
      readonly commit: string | null;
      readonly result: unknown;
      readonly findings: readonly Finding[];
    }
  | (Refusal & { readonly findings: readonly Finding[] })
  | { readonly kind: "failed"; readonly fault: StoredError }
  | { readonly kind: "queued"; readonly why: StoredError }
  | { readonly kind: "kept"; readonly result: unknown };

export function storedErrorOf({ code, message, hint, failure }: HiveError): StoredError {
  return { code, message, hint, failure };
}

export function errorOf({ code, message, hint, failure }: StoredError): HiveError {
  return new HiveError(code, message, hint, { failure });
}
