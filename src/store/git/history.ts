import { existsSync } from "node:fs";
import { join } from "node:path";
import type { LogEntry } from "../../domain/log.ts";
import { toInstant } from "../../domain/values/time.ts";
import { HiveError } from "../../errors.ts";
import type { Git } from "./git.ts";

/** The field of `git log --format` for the values of a trailer, separated by spaces. */
export function trailer(name: string): string {
  return `%(trailers:key=${name},valueonly,separator=%x20)`;
}

const LOG_FIELDS = ["%H", "%at", "%an", ...["Hive-Op", "Hive-Session", "Hive-Kind"].map(trailer), "%s"].join(
  "%x1f",
);

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
  const format = `--format=%H %P%x1f${trailer("Hive-Op")}%x1f${trailer("Hive-Refused")}`;
  const range = from === null ? [tip] : [tip, `^${from}`];
  const most = limit === undefined ? [] : [`--max-count=${limit + 1}`];
  const { code, stdout } = git.runNow(["log", "--reverse", format, ...most, ...range, "--"], "");
  if (code !== 0) return undefined;
  let isLinked = from === null || from === tip;
  const steps: LandedCommit[] = [];
  for (const line of stdout.toString("utf8").split("\n").filter(Boolean)) {
    const [ids = "", ops = "", refused = ""] = line.split("\x1f");
    const [commit = "", ...parents] = ids.split(" ");
    isLinked ||= parents.some((parent) => parent === from);
    steps.push({ commit, ops: wordsOf(ops), refused: wordsOf(refused) });
  }
  if (limit !== undefined && steps.length > limit) return undefined;
  // This repository may have both ends without the commits between them.
  return isLinked || !isShallow(git) ? { steps, isLinked } : undefined;
}

function wordsOf(text: string): string[] {
  return text.split(" ").filter(Boolean);
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
  return readLog(git, [`--format=${LOG_FIELDS}`, ...limitOption, ...kindOption, ...range, "--", ...paths])
    .split("\n")
    .filter(Boolean)
    .flatMap(parseEntries);
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

const MAX_INSTANT_MS = Date.parse("9999-12-31T23:59:59Z");

/** Returns one entry for each operation, because heartbeats of several sessions may share a commit. */
function parseEntries(line: string): LogEntry[] {
  const [commit = "", at = "0", author = "", ops = "", sessions = "", kind = "", ...subject] =
    line.split("\x1f");
  const by = sessions.split(" ");
  return ops.split(" ").map((op, index) => ({
    op: op || null,
    kind: kind || "commit",
    session: by[index] || author,
    // git accepts dates that are too large for JavaScript.
    at: toInstant(Math.min(Number(at) * 1000, MAX_INSTANT_MS)),
    subject: subject.join(" "),
    commit,
  }));
}

/** Whether `tip` is a descendant of the commit `of`, or that commit itself. */
export function isDescendant(git: Git, tip: string, of: string): boolean {
  return git.runNow(["merge-base", "--is-ancestor", of, tip], "").code === 0;
}
