import type { Claim } from "../../domain/claims/claim.ts";
import type { BlockedTarget, ClaimView, ConflictsView } from "../../domain/claims/list.ts";
import { askFor } from "../../domain/claims/refusals.ts";
import { isKey } from "../../domain/claims/target.ts";
import type { SessionId } from "../../domain/values/ids.ts";
import { firstLine } from "../../domain/values/visible.ts";
import { presenceCell } from "./styles.ts";
import type { Column, Page } from "./table.ts";
import type { Times } from "./times.ts";

const NOTE_WIDTH = 60;

/** Returns the targets of a claim on one line: `src/api/**, package.json in app`. */
export function describeTargets({ patterns, project }: Pick<Claim, "patterns" | "project">): string {
  return `${firstLine(patterns.join(", "), 80)}${describeProject(project)}`;
}

function describeProject(project: string | undefined): string {
  return project === undefined ? "" : ` in ${firstLine(project, 40)}`;
}

/** Says what was taken as work and what as files: `the key issue-42, the paths src/**, docs/** in app`. */
export function describeKinds({ patterns, project }: Pick<Claim, "patterns" | "project">): string {
  const keys = patterns.filter(isKey);
  const paths = patterns.filter((each) => !isKey(each));
  const named = (word: string, targets: readonly string[]) =>
    `the ${word}${targets.length === 1 ? "" : "s"} ${describeTargets({ patterns: [...targets] })}`;
  return [
    ...(keys.length === 0 ? [] : [named("key", keys)]),
    ...(paths.length === 0 ? [] : [`${named("path", paths)}${describeProject(project)}`]),
  ].join(", ");
}

const COLUMNS: readonly Column[] = [
  { head: "KEY", giveWay: 3 },
  { head: "CLAIMED", giveWay: 0, isWrapped: true },
  { head: "HOLDER", giveWay: 1 },
  { head: "SINCE", giveWay: 5 },
  { head: "UNTIL", giveWay: 2 },
  { head: "NOTE", giveWay: 4, isText: true },
];

/** Renders each claim: key, targets, holder, age, end and note; then one line for all notes of other sessions. */
export function renderClaims(
  claims: readonly ClaimView[],
  times: Times,
  reader: SessionId | undefined,
  whose: string | undefined,
): Page {
  if (claims.length === 0) return describeNone(whose);
  const rows = claims.map((claim) => {
    const { key, patterns, session, presence } = claim;
    return [
      // A user need not read a key twice.
      times.isTerminal && patterns.includes(key) ? "" : key,
      describeTargets(claim),
      presenceCell(presence, times.isTerminal && presence === "alive" ? session : `${session} (${presence})`),
      times.ago(claim.claimed_at),
      times.isTerminal ? times.end(claim.until) : times.until(claim.until),
      claim.note === undefined ? "" : firstLine(claim.note, NOTE_WIDTH),
    ];
  });
  const isQuoting = claims.some(({ note, session }) => note !== undefined && session !== reader);
  return [{ columns: COLUMNS, rows }, ...(isQuoting ? ["Notes of other sessions are unverified."] : [])];
}

/** Says that nothing is claimed, by the author (`You`), by another session, or at all. */
function describeNone(whose: string | undefined): string {
  if (whose !== undefined && whose !== "You") return `${whose} has claimed nothing.`;
  return `${whose === undefined ? "Nothing is claimed." : "You have claimed nothing."} To claim: hive claim <key|path...>`;
}

export function renderConflicts({ conflicts, abandoned }: ConflictsView, times: Times): string {
  const lines = [
    ...conflicts.map(
      ({ claims: [one, other], overlap: [mine, theirs] }) =>
        `${one.key} of ${one.session} and ${other.key} of ${other.session}: ${firstLine(mine, 80)} overlaps ${firstLine(theirs, 80)}`,
    ),
    ...abandoned.map(
      ({ key, session, until }) => `${key} is held by ${session}, which is offline, ${times.until(until)}`,
    ),
  ];
  return lines.join("\n") || "No two claims overlap, and no holder is offline.";
}

/** Renders the claims that conflict with checked files, and what to do next. */
export function renderHindrances(found: readonly BlockedTarget[], isKnown: boolean, times: Times): string {
  const [first] = found;
  if (!first) return "";
  return [
    ...found.map(({ target, pattern, claim }) => {
      const by = pattern === target ? "" : ` by ${firstLine(pattern, 80)}`;
      const note = noteOf(claim);
      const why = note === "" ? "" : `: ${note}`;
      return `${firstLine(target, 120)} is held${by}: ${claim.session} ${times.until(claim.until)}${why}`;
    }),
    `Ask: ${askFor(first.claim.session, firstLine(first.target, 80))}`,
    ...(isKnown
      ? []
      : ["Your session is not known here. If the claim is yours, set HIVE_SESSION=<session>."]),
  ].join("\n");
}

/** Returns the holder's note on one line, marked as unverified. */
function noteOf({ note }: Claim): string {
  return note === undefined ? "" : `(unverified) ${firstLine(note, NOTE_WIDTH)}`;
}
