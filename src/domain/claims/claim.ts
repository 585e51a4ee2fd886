import { ClaimKey, SessionId, Ulid } from "../values/ids.ts";
import { Instant } from "../values/instant.ts";
import { TEXT_LIMIT } from "../values/text.ts";
import * as z from "../values/z.ts";
import { LONGEST_PROJECT, projectName } from "./project.ts";
import { isKey, Target } from "./target.ts";

/** Targets of one claim. */
export const MOST_TARGETS = 64;

/** Seconds that a claim may be held without being renewed. */
export const LONGEST_LEASE = 604_800;
export const Project = z.string().check(
  z.minLength(1),
  z.maxLength(LONGEST_PROJECT),
  z.refine((name) => projectName(name) === name, "a project is one name in lower case, as app"),
);

const Spelled = z.string().check(
  z.refine((text) => Target.safeParse(text).data === text, {
    error: ({ input }) => spelling(String(input)),
  }),
);

function spelling(text: string): string {
  const { data, error } = Target.safeParse(text);
  return error?.issues[0]?.message ?? `expected as ${JSON.stringify(data)}`;
}

export const NEEDS_PROJECT = { path: ["project"], error: "paths lie in a project; expected its name" };

/** `ACTIVE/CLAIMS/<key>.json`: a lease on work or on files. Unknown keys are kept. */
export const Claim = z
  .looseObject({
    /** The operation that took it: a claim that lapsed and was taken again has another. */
    claim_id: Ulid,
    key: ClaimKey,
    patterns: z.array(Spelled).check(z.minLength(1), z.maxLength(MOST_TARGETS)),
    project: z.optional(Project),
    session: SessionId,
    claimed_at: Instant,
    renewed_at: z.optional(Instant),
    until: Instant,
    note: z.optional(z.string().check(z.maxLength(TEXT_LIMIT))),
  })
  .check(z.refine(hasProject, NEEDS_PROJECT));
export type Claim = z.infer<typeof Claim>;

/** Whether it is said in which project the paths lie. */
export function hasProject({
  patterns,
  project,
}: {
  patterns: readonly string[];
  project?: unknown;
}): boolean {
  return project !== undefined || patterns.every(isKey);
}
