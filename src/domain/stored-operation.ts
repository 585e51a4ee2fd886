import { ReadCursor } from "./sessions/session.ts";
import { SessionId, Ulid } from "./values/ids.ts";
import { Instant } from "./values/instant.ts";
import * as z from "./values/z.ts";

/** An operation as a file or a commit stores it. The schema of its kind parses the input when it is decided. */
export const StoredOperation = z.object({
  op: Ulid,
  kind: z.string().check(z.regex(/^[a-z][a-z-]{0,39}$/, "a kind of operation is one lower-case word")),
  session: SessionId,
  at: Instant,
  input: z.unknown(),
  read: z.optional(ReadCursor),
  registration: z.optional(Ulid),
});

const Commit = z.string().check(z.regex(/^[0-9a-f]{40,64}$/, "a commit's id is hexadecimal"));

/** An operation that has not landed, and the newest commit its host knew when it was made; null if it knew none. */
export const WaitingOperation = z.object({ operation: StoredOperation, since: z.nullable(Commit) });
export type WaitingOperation = z.infer<typeof WaitingOperation>;

/** The operations that a host pushes to its own ref on the hub, for other hosts to land. */
export const HostOutboxContent = z.object({
  waiting: z.array(WaitingOperation).check(z.maxLength(1000)),
});

/** Why an operation has not landed, when an immediate retry would fail the same way. */
export const Trouble = z.object({
  by: z.enum(["hub", "rules"]),
  code: z.string(),
  message: z.string(),
  hint: z.string(),
});
export type Trouble = z.infer<typeof Trouble>;

/** The content of an outbox file. */
export const OutboxFile = z.extend(WaitingOperation, { trouble: z.optional(Trouble) });
