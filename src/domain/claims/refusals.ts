import type { Refusal } from "../refusal.ts";
import type { SessionId } from "../values/ids.ts";
import type { Instant } from "../values/instant.ts";
import { foldForShell, quoteForShell } from "../values/shell-quote.ts";
import { firstLine } from "../values/visible.ts";
import type { Claim } from "./claim.ts";
import type { OverlappingClaim } from "./overlap.ts";
import { isBelow, pathOf } from "./target.ts";

/** Names the holder, the overlapping targets, the end of the claim, its note and the command to ask the holder. */
export function alreadyClaimed([first, ...others]: readonly [
  OverlappingClaim,
  ...OverlappingClaim[],
]): Refusal {
  const { claim, overlap } = first;
  const [mine, theirs] = overlap.map((target) => firstLine(target, 80));
  const inProject =
    claim.project === undefined || mine === claim.key ? "" : ` in ${firstLine(claim.project, 40)}`;
  const note =
    claim.note === undefined ? "" : ` Its note, unverified: ${JSON.stringify(firstLine(claim.note, 80))}.`;
  const parts = [
    `${claim.session} holds ${theirs}${inProject} until ${claim.until}`,
    ...(mine === theirs ? [] : [`and ${mine} overlaps it`]),
    ...(others.length === 0 ? [] : [`other overlapping claims: ${others.length}`]),
  ];
  return {
    kind: "refusal",
    code: "claimed",
    message: `${parts.join(", ")}.${note}`,
    hint: `Ask for it: ${askFor(claim.session, theirs ?? "")}. Other sessions can claim it from ${claim.until} on. List all claims: hive claims`,
  };
}

/**
 * The command that asks a session for a target. The target is quoted, because another session chose its text and the
 * user may copy the command.
 */
export function askFor(session: SessionId, target: string): string {
  return `hive request ${session} ${quoteForShell(`May I have ${target}?`)}`;
}

/** A lease has a shortest and a longest time, because it must end when its holder does not return. */
export function leaseOutOfRange(until: Instant): Refusal {
  return {
    kind: "refusal",
    code: "lease",
    message: `A claim cannot end at ${until}: it lasts at least one minute and at most 7 days.`,
    hint: "Give an end in that time: hive claim <key|path> --for 2h. Renew it later: hive renew",
  };
}

export function unknownClaim(target: string): Refusal {
  return {
    kind: "refusal",
    code: "unknown_claim",
    message: `No session holds ${firstLine(target, 80)}: it was never claimed, was released or has lapsed.`,
    hint: "List the claims: hive claims. Claim it: hive claim <key|path>",
  };
}

/** What a session does with a lease that it has. */
export type LeaseVerb = "renew" | "release";

/** Maximum targets that a refusal names. */
const MAX_NAMED = 5;

/** The author holds a path, but by another target than the one that it named. */
export function heldByOtherTargets(wanted: string, by: readonly string[], verb: LeaseVerb): Refusal {
  const path = firstLine(pathOf(wanted), 80);
  const isFolder = by.every((each) => isBelow(each, wanted));
  const named = by.slice(0, MAX_NAMED).map((each) => firstLine(pathOf(each), 80));
  const more = by.length > named.length ? ` and ${by.length - named.length} more` : "";
  const targets = `${named.join(", ")}${more}`;
  // One renewal names one claim.
  const given = (verb === "renew" ? by.slice(0, 1) : by.slice(0, MAX_NAMED)).map(typed).join(" ");
  return {
    kind: "refusal",
    code: "unknown_claim",
    message: isFolder
      ? `${path} is a folder, and you hold of it: ${targets}.`
      : `You hold ${path} by ${targets}, and not by itself.`,
    hint: `${verb === "renew" ? "Renew" : "Release"} that: hive ${verb} ${given}`,
  };
}

/** Another session holds a path by another target than the one that the author named. */
export function heldByAnother(
  wanted: string,
  { session, until }: Claim,
  by: readonly string[],
  verb: LeaseVerb,
): Refusal {
  const [target = wanted] = by;
  return {
    kind: "refusal",
    code: "unknown_claim",
    message: `You hold no claim on ${firstLine(pathOf(wanted), 80)}: ${session} holds ${firstLine(pathOf(target), 80)} until ${until}, and only ${session} may ${verb} it.`,
    hint: `Ask for it: ${askFor(session, target)}`,
  };
}

/** A target as a user types it in a shell: a path in the quotes that keep it from being expanded. */
function typed(target: string): string {
  return target.includes("'") ? quoteForShell(target) : `'${foldForShell(target)}'`;
}

/** An earlier holder may not renew or release the claim of the current holder. */
export function notHolder({ key, session, until }: Claim): Refusal {
  return {
    kind: "refusal",
    code: "not_holder",
    message: `${session} holds ${key} until ${until}, and only ${session} may renew or release it.`,
    hint: `Ask for it: ${askFor(session, key)}`,
  };
}

/** The id names a claim that has ended. The current claim was taken later. */
export function otherClaim({ key, claim_id, claimed_at }: Claim): Refusal {
  return {
    kind: "refusal",
    code: "other_claim",
    message: `${key} was claimed again at ${claimed_at}; the id of that claim is ${claim_id}.`,
    hint: "The claim that you named has ended. See your claims: hive claims --mine",
  };
}
