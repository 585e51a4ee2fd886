import type { FileChange } from "../domain/decision.ts";
import type { Wisher } from "../domain/operation.ts";
import { FOLDER, WORKFLOWS } from "../domain/paths.ts";
import { toSeconds } from "../domain/time.ts";
import { makeVisible } from "../domain/visible.ts";
import { HiveError } from "../hive-error.ts";
import { dropDeadLock } from "./dead-lock.ts";
import type { Git, GitOutput } from "./git.ts";

/** One change, ready to become a commit. */
export interface Draft {
  readonly wisher: Wisher;
  readonly kind: string;
  readonly subject: string;
  readonly files: readonly FileChange[];
}

const SAFE_PATH = new RegExp(
  `^(?:${FOLDER}|${WORKFLOWS.replace(".", "\\.")})(?:/[A-Za-z0-9_-][A-Za-z0-9._-]*)+$`,
);

/** What a path came to in a commit. */
export interface Written {
  readonly mode: string;
  readonly oid: string;
}

/** A commit, and what it wrote by path: the files of its drafts, and what lies in the hub's folder above them. */
export interface Commit {
  readonly oid: string;
  readonly written: ReadonlyMap<string, Written>;
}

/**
 * Writes the drafts as a chain of commits on `base` and returns the last one, or undefined when `ref` is given and
 * has moved. With a `ref` the chain is published there by compare-and-swap; without one it is held by nothing but
 * its id, for a push to carry away.
 *
 * Same base and drafts, same commits: author, committer and dates come from the operation alone.
 */
export async function writeCommits(
  git: Git,
  base: string | undefined,
  drafts: readonly Draft[],
  ref: string | undefined,
): Promise<Commit | undefined> {
  const target = ref ?? `refs/hive/draft-${drafts[0]?.wisher.op}`;
  const files = drafts.flatMap((draft) => draft.files.map(({ path }) => path));
  const tops = files.map((path) => path.split("/").slice(0, 2).join("/"));
  const stream = [
    "feature done\n",
    ...drafts.map((draft, index) =>
      commitCommand(draft, target, index === 0 ? base : `:${index}`, index + 1),
    ),
    `get-mark :${drafts.length}\n`,
    ...[...new Set([...files, ...tops])].map((path) => `ls :${drafts.length} ${path}\n`),
    ref === undefined ? `reset ${target}\nfrom ${"0".repeat(base?.length ?? 40)}\n\n` : "",
    "done\n",
  ];
  const durable = ref === undefined ? [] : ["-c", "core.fsync=committed,reference"];
  const args = [...durable, "fast-import", "--quiet", "--done", "--date-format=raw"];
  const result = git.runNow(args, stream.join(""));
  if (result.code === 0) return readCommit(result.stdout.toString("utf8"));
  if (MOVED.test(result.stderr)) {
    if (ref !== undefined) dropDeadLock(git, ref);
    return undefined;
  }
  throw new HiveError(
    "write_failed",
    `git could not write to ${git.directory}: ${reasonOf(result)}.`,
    "Check the disk's space and rights.",
  );
}

/** The commit's id on the first line, then a line a path: mode, type, id, tab, path. */
function readCommit(printed: string): Commit {
  const [oid = "", ...lines] = printed.trimEnd().split("\n");
  const written = lines.flatMap((line) => {
    const [, mode, id, path] = /^0?(\d+) \w+ ([0-9a-f]+)\t(.*)$/.exec(line) ?? [];
    return path !== undefined && mode !== undefined && id !== undefined
      ? [[path, { mode, oid: id }] as const]
      : [];
  });
  return { oid, written: new Map(written) };
}

/** Somebody else's commit came first, or is coming in right now. */
const MOVED = /does not contain|but expected|reference already exists|\.lock': File exists/;

function reasonOf({ stderr, code }: GitOutput): string {
  return makeVisible(stderr.split("\n").find((line) => /^(?:fatal|error):/.test(line)) ?? `exit ${code}`);
}

function commitCommand(draft: Draft, ref: string, parent: string | undefined, mark: number): string {
  const { session, op, at } = draft.wisher;
  const who = `${session} <${session}@git-hive.invalid> ${toSeconds(at)} +0000`;
  const message = `${draft.subject}\n\nHive-Op: ${op}\nHive-Session: ${session}\nHive-Kind: ${draft.kind}\n`;
  return [
    `commit ${ref}\nmark :${mark}\nauthor ${who}\ncommitter ${who}\n`,
    data(message),
    parent === undefined ? "" : `from ${parent}\n`,
    ...draft.files.map(fileCommand),
    "\n",
  ].join("");
}

/** fast-import would follow `..` out of the tree, so every path is checked here, whoever made it. */
function fileCommand({ path, text }: FileChange): string {
  if (!SAFE_PATH.test(path)) throw new Error(`a change outside the hub's folders: ${path}`);
  return text === undefined ? `D ${path}\n` : `M 100644 inline ${path}\n${data(text)}`;
}

function data(text: string): string {
  return `data ${Buffer.byteLength(text)}\n${text}\n`;
}
