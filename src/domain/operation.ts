import type * as z from "zod/mini";
import type { Decision } from "./decision.ts";
import type { ReadCursor } from "./sessions/session.ts";
import type { Part, Snapshot } from "./snapshot.ts";
import type { SessionId, Ulid } from "./values/ids.ts";
import type { Instant } from "./values/instant.ts";

/** One typed request to change state, as it is stored and replayed. */
export interface Operation {
  readonly op: Ulid;
  readonly kind: string;
  readonly session: SessionId;
  readonly at: Instant;
  readonly input: unknown;
  /** The messages that the session had seen; a change writes them to its profile too. */
  readonly read?: ReadCursor | undefined;
  /** The registration that must still hold the session's name; otherwise the operation is refused. */
  readonly registration?: Ulid | undefined;
}

/**
 * The session that makes an operation, the instant, the id that makes the operation land only once, and the registration
 * that the operation requires.
 */
export type Author = Pick<Operation, "op" | "session" | "at" | "registration">;

/** How one kind of operation is read and decided. `decide` is pure: same state and operation, same decision. */
export interface OperationRule<Input, Needed extends Part, Result> {
  readonly kind: string;
  /** `anyone` when the session need not be registered; otherwise an unregistered session is refused. */
  readonly by: "anyone" | "registered";
  readonly reads: readonly Needed[];
  readonly input: z.ZodMiniType<Input>;
  decide(state: Pick<Snapshot, Needed>, input: Input, by: Author): Decision<Result>;
}

/** Returns the rule unchanged; it exists so that TypeScript infers the rule's types together. */
export function defineOperation<Input, Needed extends Part, Result>(
  rule: OperationRule<Input, Needed, Result>,
): OperationRule<Input, Needed, Result> {
  return rule;
}
