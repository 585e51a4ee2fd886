import { ReadCursor } from "./sessions/session.ts";
import { SessionId, Ulid } from "./values/ids.ts";
import { Instant } from "./values/instant.ts";
import * as z from "./values/z.ts";

/** An operation as it waits in a file or a commit. Its input is read by the schema of its kind when it is decided. */
export const StoredOperation = z.object({
  op: Ulid,
  kind: z.string().check(z.regex(/^[a-z][a-z-]{0,39}$/, "a kind of operation is a word")),
  session: SessionId,
  at: Instant,
  input: z.unknown(),
  read: z.optional(ReadCursor),
  registration: z.optional(Ulid),
});

const Commit = z.string().check(z.regex(/^[0-9a-f]{40,64}$/, "a commit's id is hexadecimal"));

/** An operation that has not landed, and the newest commit its host knew when it was made; null where there was none. */
export const WaitingOperation = z.object({ operation: StoredOperation, since: z.nullable(Commit) });
export type WaitingOperation = z.infer<typeof WaitingOperation>;

/** What a host leaves on the hub for others to carry. */
export const HostOutboxContent = z.object({
  waiting: z.array(WaitingOperation).check(z.maxLength(1000)),
});

/** Why an operation did not land so far, where trying again at once would change nothing. */
export const Trouble = z.object({
  by: z.enum(["hub", "rules"]),
  code: z.string(),
  message: z.string(),
  hint: z.string(),
});
export type Trouble = z.infer<typeof Trouble>;

/** What an outbox file holds. */
export const OutboxFile = z.extend(WaitingOperation, { trouble: z.optional(Trouble) });
