import type { Finding } from "../domain/finding.ts";
import type { Refusal } from "../domain/refusals.ts";
import { type Failure, HiveError } from "../hive-error.ts";
import type { Batch, Outcome } from "./batch.ts";
import type { Entry } from "./outbox.ts";

/** A HiveError as a file can hold it. */
export interface Fault {
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
  | { readonly kind: "failed"; readonly fault: Fault }
  | { readonly kind: "queued"; readonly why: Fault }
  | { readonly kind: "kept"; readonly result: unknown };

/** The code of what landed, and nobody here can tell with what result. */
export const LANDED_UNSEEN = "landed_unseen";

/** How an operation ends with what it was decided to be; `commit` is null where none was needed. */
export function endingOf(outcome: Outcome, commit: string | null, findings: readonly Finding[]): Ending {
  switch (outcome.kind) {
    case "refusal":
      return { ...outcome, findings };
    case "failed":
      return { kind: "failed", fault: faultOf(outcome.error) };
    default:
      return { kind: "landed", commit, result: outcome.result, findings };
  }
}

export function faultOf({ code, message, hint, failure }: HiveError): Fault {
  return { code, message, hint, failure };
}

export function errorOf({ code, message, hint, failure }: Fault): HiveError {
  return new HiveError(code, message, hint, { failure });
}

/** How an entry ends with a batch; undefined where it was not decided in it. */
export function endingIn(
  { decided, findings }: Batch,
  { operation }: Entry,
  oids: readonly string[] = [],
): Ending | undefined {
  const found = decided.find((each) => each.operation.op === operation.op);
  if (found === undefined) return undefined;
  const commit = found.draft === undefined ? null : (oids[found.draft] ?? null);
  return endingOf(found.outcome, commit, findings);
}

/** What an entry was decided to be in a batch. */
export function outcomeOf({ decided }: Batch, { operation }: Entry): Outcome | undefined {
  return decided.find((each) => each.operation.op === operation.op)?.outcome;
}
