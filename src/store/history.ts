import type { LogEntry } from "../domain/queries/log.ts";
import { toInstant } from "../domain/time.ts";
import { HiveError } from "../hive-error.ts";
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

/** The commit that carries an operation among those after `base` up to `tip`, if there is one. */
export function findOperation(
  git: Git,
  base: string | undefined,
  tip: string,
  op: string,
): string | undefined {
  const range = base === undefined ? [tip] : [tip, `^${base}`];
  const format = "--format=%H %(trailers:key=Hive-Op,valueonly,separator=%x20)";
  return readLog(git, [format, ...range, "--"])
    .split("\n")
    .map((line) => line.split(" "))
    .find(([, ...ops]) => ops.includes(op))?.[0];
}

/** What happened, newest first: the hub's own commits and those that people made by hand. */
export function readHistory(git: Git, tip: string, paths: readonly string[], limit?: number): LogEntry[] {
  const most = limit === undefined ? [] : [`--max-count=${limit}`];
  return readLog(git, [`--format=${FIELDS}`, ...most, tip, "--", ...paths])
    .split("\n")
    .filter(Boolean)
    .map(parseEntry);
}

/** A log that breaks off would pass for a short one. Throws HiveError. */
function readLog(git: Git, args: readonly string[]): string {
  const { code, stdout } = git.runNow(["log", ...args], "");
  if (code === 0) return stdout.toString("utf8");
  throw new HiveError(
    "replica_unreadable",
    `git could not read the history of ${git.directory}.`,
    "Check: git fsck",
  );
}

const LATEST_MS = Date.parse("9999-12-31T23:59:59Z");

function parseEntry(line: string): LogEntry {
  const [commit = "", at = "0", author = "", op = "", session = "", kind = "", ...subject] =
    line.split("\x1f");
  return {
    op: op || null,
    kind: kind || "commit",
    session: session || author,
    // git takes dates that JavaScript has no word for.
    at: toInstant(Math.min(Number(at) * 1000, LATEST_MS)),
    subject: subject.join(" "),
    commit,
  };
}
