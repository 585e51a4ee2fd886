import type { Refusal } from "../refusal.ts";
import type { SessionId } from "../values/ids.ts";
import { quoteForShell } from "../values/shell-quote.ts";
import { firstLine } from "../values/visible.ts";
import type { Claim } from "./claim.ts";
import type { OverlappingClaim } from "./overlap.ts";

/** Says who holds it, what overlaps what, until when and why, and how to ask for it. */
export function alreadyClaimed([first, ...others]: readonly [
  OverlappingClaim,
  ...OverlappingClaim[],
]): Refusal {
  const { claim, overlap } = first;
  const [mine, theirs] = overlap.map((target) => firstLine(target, 80));
  const where =
    claim.project === undefined || mine === claim.key ? "" : ` in ${firstLine(claim.project, 40)}`;
  const why =
    claim.note === undefined ? "" : ` Its note, unverified: ${JSON.stringify(firstLine(claim.note, 80))}.`;
  const parts = [
    `${claim.session} holds ${theirs}${where} until ${claim.until}`,
    ...(mine === theirs ? [] : [`and ${mine} overlaps it`]),
    ...(others.length === 0 ? [] : [`${others.length} more stand in the way`]),
  ];
  return {
    kind: "refusal",
    code: "claimed",
    message: `${parts.join(", ")}.${why}`,
    hint: `Ask for it: ${askFor(claim.session, theirs ?? "")}. It is free from ${claim.until} on. All claims: hive claims`,
  };
}

/** The command that asks a session for something: what it is called is another's text, and the command may be copied. */
export function askFor(session: SessionId, target: string): string {
  return `hive request ${session} ${quoteForShell(`May I have ${target}?`)}`;
}

export function unknownClaim(target: string): Refusal {
  return {
    kind: "refusal",
    code: "unknown_claim",
    message: `Nobody holds ${firstLine(target, 80)}: it was never claimed, was released or has lapsed.`,
    hint: "See what is held: hive claims. To take it: hive claim <key|path>",
  };
}

/** Whoever held it once has no say in what another holds now. */
export function notHolder({ key, session, until }: Claim): Refusal {
  return {
    kind: "refusal",
    code: "not_holder",
    message: `${session} holds ${key} until ${until}, and only ${session} may renew or release it.`,
    hint: `Ask for it: ${askFor(session, key)}`,
  };
}

/** The id names a claim that has ended; the one there now was taken later. */
export function otherClaim({ key, claim_id, claimed_at }: Claim): Refusal {
  return {
    kind: "refusal",
    code: "other_claim",
    message: `${key} was claimed anew at ${claimed_at}, as ${claim_id}.`,
    hint: "That is another claim than the one you named. See: hive claims --mine",
  };
}
