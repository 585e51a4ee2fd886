import { existsSync } from "node:fs";
import { join } from "node:path";
import type { LogEntry } from "../../domain/log.ts";
import { toInstant } from "../../domain/values/time.ts";
import { HiveError } from "../../errors.ts";
import type { Git } from "./git.ts";

const FIELDS = [
  "%H",
  "%at",
  "%an",
  "%(trailers:key=Hive-Op,valueonly,separator=%x20)",
  "%(trailers:key=Hive-Session,valueonly,separator=%x20)",
  "%(trailers:key=Hive-Kind,valueonly,separator=%x20)",
  "%s",
].join("%x1f");

/** A commit and the operations that end with it: several where heartbeats share one, none where it was made by hand. */
export interface LandedCommit {
  readonly commit: string;
  readonly ops: readonly string[];
}

/** Whether the repository has only the newest part of the branch's history. */
export function isShallow(git: Git): boolean {
  return existsSync(join(git.directory, "shallow"));
}

/** Commits, oldest first, and whether they go on from where they were asked for: else the branch was written anew. */
export interface LandedRange {
  readonly steps: readonly LandedCommit[];
  readonly isLinked: boolean;
}

/** The commits after `from` (null: from the beginning) up to `tip`; undefined where this repository lacks some of them. */
export function operationsBetween(git: Git, from: string | null, tip: string): LandedRange | undefined {
  if (from === null && isShallow(git)) return undefined;
  const trailer = (name: string) => `%(trailers:key=${name},valueonly,separator=%x20)`;
  const format = `--format=%H %P%x1f${trailer("Hive-Op")} ${trailer("Hive-Refused")}`;
  const range = from === null ? [tip] : [tip, `^${from}`];
  const { code, stdout } = git.runNow(["log", "--reverse", format, ...range, "--"], "");
  if (code !== 0) return undefined;
  let isLinked = from === null || from === tip;
  const steps: LandedCommit[] = [];
  for (const line of stdout.toString("utf8").split("\n").filter(Boolean)) {
    const [ids = "", ops = ""] = line.split("\x1f");
    const [commit = "", ...parents] = ids.split(" ");
    isLinked ||= parents.some((parent) => parent === from);
    steps.push({ commit, ops: ops.split(" ").filter(Boolean) });
  }
  // Both ends may be here while what lies between them was never fetched.
  return isLinked || !isShallow(git) ? { steps, isLinked } : undefined;
}

/** Which part of a history is meant. */
export interface Extent {
  /** Only what happened to these. */
  readonly paths?: readonly string[];
  /** At most so many commits. */
  readonly limit?: number | undefined;
  /** Only commits that came after this one. */
  readonly after?: string;
  /** Only commits of this kind of operation. */
  readonly kind?: string;
}

/** What happened, newest first: the hub's own commits and those that people made by hand. */
export function readHistory(
  git: Git,
  tip: string,
  { paths = [], limit, after, kind }: Extent = {},
): LogEntry[] {
  const most = limit === undefined ? [] : [`--max-count=${limit}`];
  const only = kind === undefined ? [] : [`--grep=^Hive-Kind: ${kind}$`];
  const range = after === undefined ? [tip] : [tip, `^${after}`];
  return readLog(git, [`--format=${FIELDS}`, ...most, ...only, ...range, "--", ...paths])
    .split("\n")
    .filter(Boolean)
    .flatMap(parseEntries);
}

/** A log that breaks off would pass for a short one. Throws HiveError. */
function readLog(git: Git, args: readonly string[]): string {
  const { code, stdout } = git.runNow(["log", ...args], "");
  if (code === 0) return stdout.toString("utf8");
  throw new HiveError(
    "replica_unreadable",
    `git could not read the history of ${git.directory}.`,
    "See what is wrong, and mend it: hive doctor --fix",
  );
}

const LATEST_MS = Date.parse("9999-12-31T23:59:59Z");

/** One entry an operation: heartbeats of several sessions may share a commit. */
function parseEntries(line: string): LogEntry[] {
  const [commit = "", at = "0", author = "", ops = "", sessions = "", kind = "", ...subject] =
    line.split("\x1f");
  const by = sessions.split(" ");
  return ops.split(" ").map((op, index) => ({
    op: op || null,
    kind: kind || "commit",
    session: by[index] || author,
    // git takes dates that JavaScript has no word for.
    at: toInstant(Math.min(Number(at) * 1000, LATEST_MS)),
    subject: subject.join(" "),
    commit,
  }));
}

/** Whether a branch that was at one commit has come to another by plain steps forward. */
export function isAhead(git: Git, tip: string, of: string): boolean {
  return git.runNow(["merge-base", "--is-ancestor", of, tip], "").code === 0;
}
