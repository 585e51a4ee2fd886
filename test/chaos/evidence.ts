import { execFile } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { parseTarget } from "../../src/store/validation/revisions.ts";
import type { Sandbox } from "../support/sandbox.ts";
import type { Call } from "./call.ts";

/** A commit of the branch as git shows it. */
export interface Commit {
  readonly oid: string;
  readonly parents: readonly string[];
  readonly author: string;
  /** The author's date. */
  readonly at: string;
  readonly subject: string;
  /** Its `Hive-Op` trailers; none in a commit made by hand, several where heartbeats share it. */
  readonly ops: readonly string[];
}

/** Everything the checker looks at: what is left when a run is over. */
export interface Evidence {
  readonly calls: readonly Call[];
  /** The branch from what was there before the run on, oldest first, along first parents. */
  readonly commits: readonly Commit[];
  /** The text of each file at the branch's end, by its path in `coordination/`. */
  readonly files: ReadonlyMap<string, string>;
  /** What `git fsck --strict` found. */
  readonly flaws: readonly string[];
  /** What `hive validate` found in the files, and in who changed what since the commit before the run. */
  readonly invalid: readonly string[];
  /** How many operations each host still keeps unsent. */
  readonly unsent: ReadonlyMap<string, number>;
}

/** Reads a hub by plain git; `base` is the commit before the run. */
export async function readHub(
  sandbox: Sandbox,
  hub: string,
  base: string,
): Promise<Pick<Evidence, "commits" | "files" | "flaws" | "invalid">> {
  const [commits, files, flaws, invalid] = await Promise.all([
    readCommits(sandbox, hub, base),
    readFiles(sandbox, hub),
    // A commit graph that a gc wrote still names outboxes that were deleted since. Git makes it anew.
    sandbox.git(hub, "-c", "core.commitGraph=false", "fsck", "--strict", "--no-dangling").then(
      () => [],
      // A missing object is told on stdout, a broken one on stderr.
      (error: { code?: unknown; stdout?: string; stderr?: string }) => [
        [`exit ${error.code}`, error.stdout, error.stderr].join("\n").trim(),
      ],
    ),
    validate(sandbox, hub, base),
  ]);
  return { commits, files, flaws, invalid };
}

async function readCommits(sandbox: Sandbox, hub: string, base: string): Promise<Commit[]> {
  const format = "%H%x1f%P%x1f%an%x1f%at%x1f%s%x1f%(trailers:key=Hive-Op,valueonly,separator=%x20)";
  const range = `${base}..main`;
  const text = await sandbox.git(hub, "log", "--first-parent", "--reverse", `--format=${format}`, range);
  return text
    .split("\n")
    .filter(Boolean)
    .map((line) => {
      const [oid = "", parents = "", author = "", seconds = "", subject = "", ops = ""] = line.split("\x1f");
      const at = `${new Date(Number(seconds) * 1000).toISOString().slice(0, 19)}Z`;
      return { oid, parents: parents.split(" "), author, at, subject, ops: ops.split(" ").filter(Boolean) };
    });
}

/** Seen from a time that no wrong clock has got to. */
async function validate(sandbox: Sandbox, hub: string, base: string): Promise<string[]> {
  const hive = await sandbox.hive(
    hub,
    sandbox.host("validating", { now: () => Date.now() + 2 * 86_400_000 }),
  );
  const { findings } = await hive.validate(parseTarget(`${base}..`));
  return findings.map(({ path, rule, message }) => `${path}: ${rule}: ${message}`);
}

/** The hub's folder as somebody sees it who has no git-hive. */
async function readFiles(sandbox: Sandbox, hub: string): Promise<Map<string, string>> {
  const folder = sandbox.folder("checked", String(process.hrtime.bigint()));
  const archive = join(folder, "main.tar");
  await sandbox.git(hub, "archive", `--output=${archive}`, "main", "coordination");
  await promisify(execFile)("tar", ["-xf", archive, "-C", folder]);
  const root = join(folder, "coordination");
  const entries = readdirSync(root, { recursive: true, withFileTypes: true });
  const paths = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  return new Map(paths.map((path) => [path.slice(root.length + 1), readFileSync(path, "utf8")]));
}
