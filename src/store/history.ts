import type { LogEntry } from "../domain/queries/log.ts";
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
  const { stdout } = git.runNow(["log", format, ...range, "--"], "");
  return stdout
    .toString("utf8")
    .split("\n")
    .map((line) => line.split(" "))
    .find(([, ...ops]) => ops.includes(op))?.[0];
}

/** What happened, newest first: the hub's own commits and those that people made by hand. */
export function readHistory(git: Git, tip: string, paths: readonly string[], limit?: number): LogEntry[] {
  const most = limit === undefined ? [] : [`--max-count=${limit}`];
  const { stdout } = git.runNow(["log", `--format=${FIELDS}`, ...most, tip, "--", ...paths], "");
  return stdout.toString("utf8").split("\n").filter(Boolean).map(parseEntry);
}

function parseEntry(line: string): LogEntry {
  const [commit = "", at = "0", author = "", op = "", session = "", kind = "", ...subject] =
    line.split("\x1f");
  return {
    op: op || null,
    kind: kind || "commit",
    session: session || author,
    at: `${new Date(Number(at) * 1000).toISOString().slice(0, 19)}Z`,
    subject: subject.join(" "),
    commit,
  };
}
