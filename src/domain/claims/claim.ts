import { ClaimKey, SessionId, Ulid } from "../values/ids.ts";
import { Instant } from "../values/instant.ts";
import { CONTROL, TEXT_LIMIT } from "../values/text.ts";
import * as z from "../values/z.ts";
import {
  MAX_PROJECT_LENGTH,
  MAX_REPOSITORY_NAME_LENGTH,
  MAX_REPOSITORY_NAMES,
  projectName,
} from "./project.ts";
import { isKey, Target } from "./target.ts";

/** Most targets of one claim. */
export const MAX_TARGETS = 64;

/** Longest time, in seconds, that a claim lasts without renewal: seven days. */
export const MAX_LEASE_SECONDS = 604_800;
export const Project = z.string().check(
  z.minLength(1),
  z.maxLength(MAX_PROJECT_LENGTH),
  z.refine((name) => projectName(name) === name, "expected a project as one name in lower case, such as app"),
);

/** What tells the repository of a claim's paths from another one whose short name is the same. */
export const Repository = z.looseObject({
  names: z
    .array(
      z.string().check(
        z.minLength(1),
        z.maxLength(MAX_REPOSITORY_NAME_LENGTH),
        z.refine((name) => !CONTROL.test(name)),
      ),
    )
    .check(z.maxLength(MAX_REPOSITORY_NAMES)),
  first_commits: z
    .array(z.string().check(z.regex(/^[0-9a-f]{40,64}$/)))
    .check(z.maxLength(MAX_REPOSITORY_NAMES)),
});

const NormalTarget = z.string().check(
  z.refine((text) => Target.safeParse(text).data === text, {
    error: ({ input }) => describeSpelling(String(input)),
  }),
);

function describeSpelling(text: string): string {
  const { data, error } = Target.safeParse(text);
  return error?.issues[0]?.message ?? `expected as ${JSON.stringify(data)}`;
}

export const NEEDS_PROJECT = {
  path: ["project"],
  error: "expected the name of the project that the paths belong to",
};

/** `ACTIVE/CLAIMS/<key>.json`: a lease on work or on files. Unknown keys are kept. */
export const Claim = z
  .looseObject({
    /** The id of the operation that took the claim. A claim that lapsed and was taken again has a new id. */
    claim_id: Ulid,
    key: ClaimKey,
    patterns: z.array(NormalTarget).check(z.minLength(1), z.maxLength(MAX_TARGETS)),
    project: z.optional(Project),
    repository: z.optional(Repository),
    session: SessionId,
    claimed_at: Instant,
    renewed_at: z.optional(Instant),
    until: Instant,
    note: z.optional(z.string().check(z.maxLength(TEXT_LIMIT))),
  })
  .check(z.refine(hasProject, NEEDS_PROJECT));
export type Claim = z.infer<typeof Claim>;

/** Whether the project of the paths is given. Keys need no project. */
export function hasProject({
  patterns,
  project,
}: {
  patterns: readonly string[];
  project?: unknown;
}): boolean {
  return project !== undefined || patterns.every(isKey);
}
