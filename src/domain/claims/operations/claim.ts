import { change, putRecord, removeFile } from "../../decision.ts";
import { claimPath } from "../../hub/layout.ts";
import type { Message } from "../../messages/message.ts";
import { putMessages } from "../../messages/write.ts";
import { type Author, defineOperation } from "../../operation.ts";
import type { Refusal } from "../../refusal.ts";
import { ClaimKey } from "../../values/ids.ts";
import { Duration, Instant } from "../../values/instant.ts";
import { Note } from "../../values/text.ts";
import { secondsBetween } from "../../values/time.ts";
import { ulidsFrom } from "../../values/ulid.ts";
import { firstLine } from "../../values/visible.ts";
import * as z from "../../values/z.ts";
import {
  Claim,
  hasProject,
  MAX_LEASE_SECONDS,
  MAX_TARGETS,
  NEEDS_PROJECT,
  Project,
  Repository,
} from "../claim.ts";
import { lapseNotice } from "../lapse-notice.ts";
import { type Claims, isLive, leaseUntil, overlappingClaims, scopeOf, sortClaims } from "../overlap.ts";
import { isSameProject } from "../project.ts";
import { alreadyClaimed, leaseOutOfRange } from "../refusals.ts";
import { isKey, pathOf, Target } from "../target.ts";

const MIN_LEASE_SECONDS = 60;

/** How long a claim lasts, in seconds, read from a duration such as `2h`. */
const Lease = z.pipe(
  Duration,
  z
    .number()
    .check(
      z.minimum(MIN_LEASE_SECONDS, "a claim lasts at least one minute"),
      z.maximum(MAX_LEASE_SECONDS, "a claim lasts at most 7 days; renew it later"),
    ),
);

/** The lease if the author gives no duration. */
const DEFAULT_LEASE = "2h";

/** When a lease ends: `until`, or else `for` from the operation on. Versions that do not know `until` read `for`. */
export const LEASE_FIELDS = {
  for: z.prefault(Lease, DEFAULT_LEASE),
  until: z.optional(Instant),
};

/** The end of a lease that an operation wants. Refused where `until` is too near or too far. */
export function leaseEnd(
  input: { readonly for: number; readonly until?: Instant | undefined },
  { at }: Pick<Author, "at">,
): { readonly until: Instant } | Refusal {
  if (input.until === undefined) return { until: leaseUntil(at, input.for) };
  const seconds = secondsBetween(at, input.until);
  const isLease = seconds >= MIN_LEASE_SECONDS && seconds <= MAX_LEASE_SECONDS;
  return isLease ? { until: input.until } : leaseOutOfRange(input.until);
}

const Input = z
  .object({
    patterns: z
      .array(Target)
      .check(z.minLength(1), z.maxLength(MAX_TARGETS, `at most ${MAX_TARGETS} targets in one claim`)),
    project: z.optional(Project),
    repository: z.optional(Repository),
    ...LEASE_FIELDS,
    note: z.optional(Note),
  })
  .check(z.refine(hasProject, NEEDS_PROJECT));
type Wanted = Pick<Claim, "patterns" | "project" | "repository">;

/**
 * Takes a lease on all targets or on none; one session at a time holds a target. Lapsed claims are taken over in the
 * same commit. If the author already holds some of the targets, that claim is renewed and the new targets are added
 * to it.
 */
export const claim = defineOperation({
  kind: "claim",
  by: "registered",
  reads: ["claims", "messages"],
  input: Input,
  decide({ claims, messages }, input, by) {
    const patterns = [...new Set(input.patterns)];
    const { project, repository } = input;
    const wanted: Wanted = patterns.every(isKey) ? { patterns } : { patterns, project, repository };
    const { held, lapsed } = overlappingClaims(claims, scopeOf(wanted), by);
    const [first, ...others] = held;
    if (first) return alreadyClaimed([first, ...others]);
    const end = leaseEnd(input, by);
    if ("kind" in end) return end;
    const { until } = end;
    const own = sortClaims(claims).find((each) => canExtend(each, wanted, by));
    const taken = own ? extend(own, wanted, until, by) : open(wanted, until, claims, by);
    const claim: Claim = { ...taken, note: input.note ?? taken.note };
    const files = [
      putRecord(claimPath(claim.key), Claim, claim),
      ...lapsed.filter(({ key }) => key !== claim.key).map(({ key }) => removeFile(claimPath(key))),
      ...putMessages({ messages }, lapseNotices(lapsed, by)),
    ];
    return change(describe("claim", claim), files, { claim, taken_over: lapsed });
  },
});

/** The messages to the other sessions whose lapsed claims are taken over. */
function lapseNotices(lapsed: readonly Claim[], by: Author): Message[] {
  const lost = lapsed.filter(({ session }) => session !== by.session);
  return ulidsFrom(by.op, lost.length).flatMap((op, index) => {
    const taken = lost[index];
    return taken ? [lapseNotice(taken, by.session, { ...by, op })] : [];
  });
}

/** The commit subject of a claim. */
export function describe(verb: string, { patterns, session, until, note }: Claim): string {
  const why = note === undefined ? "" : `: ${firstLine(note, 60)}`;
  return `${verb} ${firstLine(patterns.join(", "), 80)}: ${session} until ${until}${why}`;
}

/** Whether the author's live claim has some of the wanted targets and room for the others. */
function canExtend(own: Claim, wanted: Wanted, { session, at }: Author): boolean {
  return (
    own.session === session &&
    isLive(own, at) &&
    (own.project === undefined || wanted.project === undefined || isSameProject(own, wanted)) &&
    own.patterns.some((target) => wanted.patterns.includes(target)) &&
    join(own, wanted).length <= MAX_TARGETS
  );
}

function join(own: Claim, { patterns }: Wanted): string[] {
  return [...new Set([...own.patterns, ...patterns])];
}

function extend(own: Claim, wanted: Wanted, until: string, { at }: Author): Claim {
  return {
    ...own,
    patterns: join(own, wanted),
    project: own.project ?? wanted.project,
    repository: own.project === undefined ? wanted.repository : own.repository,
    renewed_at: at,
    until: isLive(own, until) ? own.until : until,
  };
}

function open({ patterns, project, repository }: Wanted, until: string, claims: Claims, by: Author): Claim {
  const key = keyFor(patterns, claims, by);
  const [session, claimed_at] = [by.session, by.at];
  return { claim_id: by.op, key, patterns, project, repository, session, claimed_at, until };
}

/**
 * The key of a new claim. Work gets its own name. Files, and work whose name is taken, get a name that the
 * operation's id makes unique.
 */
function keyFor(patterns: readonly string[], claims: Claims, { op, at }: Author): ClaimKey {
  const key = patterns.find(isKey)?.replaceAll(":", ".");
  const start = (key ?? slugOf(patterns[0] ?? "")).slice(0, 36);
  const numbered = [8, 26].map((length) => `${start}-${op.slice(-length).toLowerCase()}`);
  const names = [...(key === undefined ? [] : [key]), ...numbered].map((name) => ClaimKey.parse(name));
  const isFree = (name: ClaimKey) => {
    const holding = claims.get(name);
    return holding === undefined || !isLive(holding, at);
  };
  return names.find(isFree) ?? ClaimKey.parse(numbered.at(-1));
}

function slugOf(target: string): string {
  const words = pathOf(target)
    .toLowerCase()
    .match(/[a-z0-9]+/g);
  return words?.join("-") ?? "files";
}
