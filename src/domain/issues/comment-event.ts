import * as z from "../values/z.ts";

const User = z.object({ login: z.string(), id: z.int(), type: z.string() });

/** GitHub's event for a comment on an issue, with the fields that git-hive reads. */
export const CommentEvent = z.object({
  action: z.string(),
  issue: z.object({
    number: z.int(),
    body: z.nullish(z.string()),
    user: z.nullable(User),
    author_association: z.optional(z.string()),
    pull_request: z.optional(z.unknown()),
  }),
  comment: z.object({ id: z.int(), body: z.string(), user: z.nullable(User) }),
  repository: z.object({ full_name: z.string() }),
});
export type CommentEvent = z.infer<typeof CommentEvent>;
