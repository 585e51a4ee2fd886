import type { Refusal } from "../../domain/refusal.ts";
import type { Finding } from "../../domain/values/finding.ts";
import { type Failure, HiveError } from "../../errors.ts";

/** A HiveError as a file can hold it. */
export interface StoredError {
  readonly code: string;
  readonly message: string;
  readonly hint: string;
  readonly failure: Failure;
}

/**
 * How an operation ended for whoever waits for it:
 * 1. landed: it is in the hub; `commit` is null where the state already was as wished;
 * 2. refusal: the rules say no;
 * 3. failed: nothing was written, and nothing waits;
 * 4. queued: it waits on this host, because of what `why` says, and a later command lands it;
 * 5. kept: it is not urgent and goes out with this host's next push.
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

/** The code of what landed, and nobody here can tell with what result. */
export const LANDED_UNSEEN = "landed_unseen";

export function storedErrorOf({ code, message, hint, failure }: HiveError): StoredError {
  return { code, message, hint, failure };
}

export function errorOf({ code, message, hint, failure }: StoredError): HiveError {
  return new HiveError(code, message, hint, { failure });
}
