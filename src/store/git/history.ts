import { existsSync } from "node:fs";
import { join } from "node:path";
import type { LogEntry } from "../../domain/log.ts";
import { toInstant } from "../../domain/values/time.ts";
import { HiveError } from "../../errors.ts";
import type { Git } from "./git.ts";
import { parseRawLog, printingChanges, type RawChange } from "./raw-log.ts";

/** The field of `git log --format` for the values of a trailer, separated by spaces. A value may have several lines. */
export function trailer(name: string): string {
  return `%(trailers:key=${name},valueonly,separator=%x20)`;
}

/** The fields of a commit. NUL is between them and after them, because no word of a commit can have one. */
const LOG_FIELDS = ["%H", "%at", "%an", ...["Hive-Op", "Hive-Session", "Hive-Kind"].map(trailer), "%s"];
const OPERATION_FIELDS = ["%H", "%P", ...["Hive-Op", "Hive-Refused"].map(trailer)];

/** The options of `git log` that print these fields of each commit. */
function printing(fields: readonly string[]): string[] {
  return ["-z", `--format=${fields.join("%x00")}`];
}

/** The printed fields, commit by commit. */
function fieldsOf(printed: string, { length }: readonly string[]): string[][] {
  const fields = printed.split("\0");
  return Array.from({ length: Math.floor(fields.length / length) }, (_, index) =>
    fields.slice(index * length, (index + 1) * length),
  );
}

/**
 * A commit and the operations whose end it says it is: several when heartbeats share the commit, none when a user made
 * it by hand. Trailers are words of the commit's author. They prove nothing.
 */
export interface LandedCommit {
  readonly commit: string;
  /** The operations that it carries. */
  readonly ops: readonly string[];
  /** The operations that it records as refused. */
  readonly refused: readonly string[];
}

/** Whether the repository has only the newest part of the branch's history. */
export function isShallow(git: Git): boolean {
  return existsSync(join(git.directory, "shallow"));
}

/** Commits, oldest first, and whether they follow the requested start. If not, the branch was rewritten. */
export interface LandedRange {
  readonly steps: readonly LandedCommit[];
  readonly isLinked: boolean;
}

/**
 * The commits after `from` (null: from the beginning) up to `tip`; undefined when this repository lacks some of them,
 * or when they are more than `limit`.
 */
export function operationsBetween(
  git: Git,
  from: string | null,
  tip: string,
  limit?: number,
): LandedRange | undefined {
  if (from === null && isShallow(git)) return undefined;
  const range = from === null ? [tip] : [tip, `^${from}`];
  const most = limit === undefined ? [] : [`--max-count=${limit + 1}`];
  const { code, stdout } = git.runNow(
    ["log", "--reverse", ...printing(OPERATION_FIELDS), ...most, ...range, "--"],
    "",
  );
  if (code !== 0) return undefined;
  let isLinked = from === null || from === tip;
  const steps: LandedCommit[] = [];
  for (const fields of fieldsOf(stdout.toString("utf8"), OPERATION_FIELDS)) {
    const [commit = "", parents = "", ops = "", refused = ""] = fields;
    isLinked ||= wordsOf(parents).some((parent) => parent === from);
    steps.push({ commit, ops: wordsOf(ops), refused: wordsOf(refused) });
  }
  if (limit !== undefined && steps.length > limit) return undefined;
  // This repository may have both ends without the commits between them.
  return isLinked || !isShallow(git) ? { steps, isLinked } : undefined;
}

function wordsOf(text: string): string[] {
  return text.split(/\s+/).filter(Boolean);
}

/** Selects a part of a history. */
export interface Extent {
  /** Only commits that changed these paths. */
  readonly paths?: readonly string[];
  /** At most this many commits. */
  readonly limit?: number | undefined;
  /** Only commits after this one. */
  readonly after?: string;
  /** Only commits of this kind of operation. */
  readonly kind?: string;
}

/** The log entries, newest first: the hub's own commits and those that users made by hand. */
export function readHistory(
  git: Git,
  tip: string,
  { paths = [], limit, after, kind }: Extent = {},
): LogEntry[] {
  const limitOption = limit === undefined ? [] : [`--max-count=${limit}`];
  const kindOption = kind === undefined ? [] : [`--grep=^Hive-Kind: ${kind}$`];
  const range = after === undefined ? [tip] : [tip, `^${after}`];
  const options = [...printing(LOG_FIELDS), ...limitOption, ...kindOption];
  return fieldsOf(readLog(git, [...options, ...range, "--", ...paths]), LOG_FIELDS).flatMap(parseEntries);
}

/** How many commits a branch has that the newest `shown` leave out, as far as this repository has them. */
export function countOlder(git: Git, tip: string, shown: number): number {
  const { code, stdout } = git.runNow(["rev-list", "--count", `--skip=${shown}`, tip, "--"], "");
  return code === 0 ? Number(stdout.toString("utf8")) : 0;
}

/** Throws HiveError when git fails, because a truncated log would look like a short one. */
function readLog(git: Git, args: readonly string[]): string {
  const { code, stdout } = git.runNow(["log", ...args], "");
  if (code === 0) return stdout.toString("utf8");
  throw new HiveError(
    "replica_unreadable",
    `git could not read the history of ${git.directory}.`,
    "Find and repair the problem: hive doctor --fix",
  );
}

/** A commit's entries of the log, and the files that differ from those of its first parent. */
export interface HistoryStep {
  readonly commit: string;
  readonly entries: readonly LogEntry[];
  readonly changes: readonly RawChange[];
}

/** The last commits, newest first, along the first parents, so that each begins where the one before it ended. */
export function readSteps(git: Git, tip: string, limit: number): HistoryStep[] {
  const along = ["--first-parent", "--diff-merges=first-parent", `--max-count=${limit}`];
  const printed = readLog(git, [...along, ...printingChanges(LOG_FIELDS), tip, "--"]);
  return parseRawLog(printed, LOG_FIELDS).map(({ fields, changes }) => ({
    commit: fields[0] ?? "",
    entries: parseEntries(fields),
    changes,
  }));
}

const MAX_INSTANT_MS = Date.parse("9999-12-31T23:59:59Z");

/** More sessions than one host has. A commit that names more operations was made by hand. */
const MAX_OPERATIONS_OF_COMMIT = 1000;

/** Returns one entry for each operation, because heartbeats of several sessions may share a commit. */
function parseEntries(fields: readonly string[]): LogEntry[] {
  const [commit = "", at = "0", author = "", ops = "", sessions = "", kinds = "", subject = ""] = fields;
  const by = wordsOf(sessions);
  const named = wordsOf(ops).slice(0, MAX_OPERATIONS_OF_COMMIT);
  // Operations that share a commit are of one kind.
  const [kind = "commit"] = wordsOf(kinds);
  return (named.length > 0 ? named : [null]).map((op, index) => ({
    op,
    kind,
    session: by[index] || author,
    // git accepts dates that are too large for JavaScript.
    at: toInstant(Math.min(Number(at) * 1000, MAX_INSTANT_MS)),
    subject,
    commit,
  }));
}

/** Whether `tip` is a descendant of the commit `of`, or that commit itself. */
export function isDescendant(git: Git, tip: string, of: string): boolean {
  return git.runNow(["merge-base", "--is-ancestor", of, tip], "").code === 0;
}
