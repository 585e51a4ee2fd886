import type * as z from "zod/mini";
import type { Decision } from "./decision.ts";
import type { ReadCursor } from "./sessions/session.ts";
import type { Part, Snapshot } from "./snapshot.ts";
import type { SessionId, Ulid } from "./values/ids.ts";
import type { Instant } from "./values/instant.ts";

/** One typed wish to change state, as it is stored and replayed. */
export interface Operation {
  readonly op: Ulid;
  readonly kind: string;
  readonly session: SessionId;
  readonly at: Instant;
  readonly input: unknown;
  /** What its session had seen of its messages: a change writes that down too. */
  readonly read?: ReadCursor | undefined;
  /** The registration it counts on: where the name has gone to somebody else, it is refused. */
  readonly registration?: Ulid | undefined;
}

/** Who wishes, when, and the id that makes it happen once. */
export type Author = Pick<Operation, "op" | "session" | "at">;

/** How one kind of operation is read and decided. `decide` is pure: same state and wish, same decision. */
export interface OperationRule<Input, Needed extends Part, Result> {
  readonly kind: string;
  /** `anyone` where a session need not be registered yet; every other wish of a stranger is refused. */
  readonly by: "anyone" | "registered";
  readonly reads: readonly Needed[];
  readonly input: z.ZodMiniType<Input>;
  decide(state: Pick<Snapshot, Needed>, input: Input, by: Author): Decision<Result>;
}

/** Ties a rule's types together; returns it as it is. */
export function defineOperation<Input, Needed extends Part, Result>(
  rule: OperationRule<Input, Needed, Result>,
): OperationRule<Input, Needed, Result> {
  return rule;
}
