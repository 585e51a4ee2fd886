import type { Claim } from "../../domain/claims/claim.ts";
import type { BlockedTarget, ClaimView, ConflictsView } from "../../domain/claims/list.ts";
import { askFor } from "../../domain/claims/refusals.ts";
import type { Instant } from "../../domain/values/instant.ts";
import { formatAge, secondsBetween } from "../../domain/values/time.ts";
import { firstLine } from "../../domain/values/visible.ts";
import { renderTable } from "./table.ts";

/** Returns the targets of a claim on one line: `src/api/**, package.json in app`. */
export function describeTargets({ patterns, project }: Pick<Claim, "patterns" | "project">): string {
  const where = project === undefined ? "" : ` in ${firstLine(project, 40)}`;
  return `${firstLine(patterns.join(", "), 80)}${where}`;
}

/** Renders each claim on one line: key, targets, holder, age, end and note. */
export function renderClaims(claims: readonly ClaimView[], now: Instant): string {
  const rows = claims.map((claim) => [
    claim.key,
    describeTargets(claim),
    `${claim.session} (${claim.presence})`,
    `${formatAge(secondsBetween(claim.claimed_at, now))} ago`,
    `until ${claim.until}`,
    noteOf(claim),
  ]);
  return renderTable(rows).join("\n") || "Nothing is claimed.";
}

export function renderConflicts({ conflicts, abandoned }: ConflictsView): string {
  const lines = [
    ...conflicts.map(
      ({ claims: [one, other], overlap: [mine, theirs] }) =>
        `${one.key} of ${one.session} and ${other.key} of ${other.session}: ${firstLine(mine, 80)} overlaps ${firstLine(theirs, 80)}`,
    ),
    ...abandoned.map(
      ({ key, session, until }) => `${key} is held by ${session}, which is offline, until ${until}`,
    ),
  ];
  return lines.join("\n") || "No two claims overlap, and no holder is offline.";
}

/** Renders the claims that conflict with checked files, and what to do next. */
export function renderHindrances(found: readonly BlockedTarget[], isKnown: boolean): string {
  const [first] = found;
  if (!first) return "";
  return [
    ...found.map(({ target, pattern, claim }) => {
      const by = pattern === target ? "" : ` by ${firstLine(pattern, 80)}`;
      const note = noteOf(claim);
      const why = note === "" ? "" : `: ${note}`;
      return `${firstLine(target, 120)} is held${by}: ${claim.session} until ${claim.until}${why}`;
    }),
    `Ask: ${askFor(first.claim.session, firstLine(first.target, 80))}`,
    ...(isKnown
      ? []
      : ["Your session is not known here. If the claim is yours, set HIVE_SESSION=<session>."]),
  ].join("\n");
}

/** Returns the holder's note on one line, marked as unverified. */
function noteOf({ note }: Claim): string {
  return note === undefined ? "" : `(unverified) ${firstLine(note, 60)}`;
}
