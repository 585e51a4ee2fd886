import * as z from "./z.ts";

/** A user's login on GitHub; GitHub ignores its case. */
export const Login = z
  .string()
  .check(
    z.regex(
      /^[A-Za-z0-9](?:[A-Za-z0-9]|-(?=[A-Za-z0-9])){0,38}$/,
      "a GitHub user name has letters, digits and single hyphens",
    ),
  );
export type Login = z.infer<typeof Login>;

/** A team on GitHub, as `organization/team`. */
export const Team = z
  .string()
  .check(
    z.regex(
      /^[A-Za-z0-9](?:[A-Za-z0-9]|-(?=[A-Za-z0-9])){0,38}\/[a-z0-9_][a-z0-9_-]{0,99}$/,
      "a GitHub team is organization/team",
    ),
  );

/** A repository on GitHub, as `owner/name`. */
export const RepositoryName = z
  .string()
  .check(z.regex(/^[A-Za-z0-9][A-Za-z0-9-]{0,38}\/[A-Za-z0-9._-]{1,100}$/, "a repository is owner/name"));
