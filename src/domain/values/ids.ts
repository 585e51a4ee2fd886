import { isSessionId, type SessionId as NamedSession } from "./session-id.ts";
import { isTopic, type Topic as NamedTopic } from "./topic.ts";
import * as z from "./z.ts";

/**
 * A session's id: 2 to 64 lower-case ASCII letters, digits and single hyphens.
 * It becomes a file name on every platform, so it is checked before it is used in a path.
 */
export const SessionId = z
  .string()
  .check(
    z.refine(isSessionId, {
      error: ({ input }) =>
        `${JSON.stringify(input).slice(0, 80)} is not a session id: use 2 to 64 lower-case letters, digits and single hyphens`,
    }),
  )
  .brand<"SessionId">();
export type SessionId = NamedSession;

/** `collab-<epoch seconds>-<4 to 16 random characters>`. Imported ids without a random part are accepted too. */
export const RequestId = z
  .string()
  .check(z.regex(/^collab-\d{1,12}(?:-[a-z0-9]{4,16})?$/, "a request id is collab-<seconds>-<random>"))
  .brand<"RequestId">();
export type RequestId = z.infer<typeof RequestId>;

/** A topic that messages can be sent to: `#` and 1 to 64 lower-case ASCII letters, digits and single hyphens. */
export const Topic = z
  .string()
  .check(z.refine(isTopic, "a topic is # and 1 to 64 lower-case letters, digits and single hyphens"))
  .brand<"Topic">();
export type Topic = NamedTopic;

/** A ULID in its canonical upper case. ULIDs sort by the millisecond in which they were made. */
export const Ulid = z
  .string()
  .check(z.regex(/^[0-7][0-9A-HJKMNP-TV-Z]{25}$/, "a ULID has 26 characters of Crockford's base 32"))
  .brand<"Ulid">();
export type Ulid = z.infer<typeof Ulid>;

/** The file name of a claim: its first key, with `.` for `:`, else its first path and a part of its id. */
export const ClaimKey = z
  .string()
  .check(
    z.maxLength(64),
    z.regex(/^[a-z0-9](?:[a-z0-9._-]*[a-z0-9])?$/, "a claim's key is lower-case letters, digits and . _ -"),
  )
  .brand<"ClaimKey">();

export type ClaimKey = z.infer<typeof ClaimKey>;
