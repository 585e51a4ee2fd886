import type { Refusal } from "../../domain/refusal.ts";
import type { Finding } from "../../domain/values/finding.ts";
import type { Ulid } from "../../domain/values/ids.ts";
import type { HiveError } from "../../errors.ts";
import type { Ended } from "../../store/landing/land.ts";
import { errorOf } from "../../store/outbox/ending.ts";

/** How an operation ended. A queued or kept operation waits on this host and lands later. */
export type Submitted<Result> = { readonly op: Ulid } & (
  | {
      readonly kind: "landed";
      readonly commit: string | null;
      readonly result: Result;
      readonly findings: readonly Finding[];
    }
  | (Refusal & { readonly findings: readonly Finding[] })
  | { readonly kind: "queued"; readonly why: HiveError }
  | { readonly kind: "kept"; readonly result: Result }
);

/** Converts an ending. Its result, also from a file or another process, has the type that the rule of its kind makes. Throws HiveError. */
export function submitted<Result>({ op, ending }: Ended): Submitted<Result> {
  switch (ending.kind) {
    case "failed":
      throw errorOf(ending.fault);
    case "queued":
      return { op, kind: ending.kind, why: errorOf(ending.why) };
    case "kept":
    case "landed":
      return { op, ...ending, result: ending.result as Result };
    default:
      return { op, ...ending };
  }
}
