import type { FileChange } from "../../domain/decision.ts";
import { FOLDER, WORKFLOWS } from "../../domain/hub/layout.ts";
import type { Author } from "../../domain/operation.ts";
import { commitLine } from "../../domain/values/inert.ts";
import { quoteForShell } from "../../domain/values/shell-quote.ts";
import { toSeconds } from "../../domain/values/time.ts";
import { makeVisible } from "../../domain/values/visible.ts";
import { HiveError } from "../../errors.ts";
import { hasLostAlternate, isDamaged, refInTheWay } from "./damage.ts";
import { writeDespiteGc } from "./despite-gc.ts";
import type { Git, GitOutput } from "./git.ts";
import type { StuckLocks } from "./stuck-locks.ts";

/** The repository that a chain of commits is written to. */
export interface ChainTarget {
  readonly git: Git;
  /** The ref that keeps a chain from gc until it is published. */
  readonly next: string;
  /** Whether the repository is the hub, so that a chain must be on the disk before it is published. */
  readonly isHub: boolean;
  readonly locks: StuckLocks;
}

/** One change, ready to become a commit. */
export interface CommitDraft {
  /** The operations that it carries; several when heartbeats share a commit. The first gives the commit's author. */
  readonly authors: readonly Author[];
  readonly kind: string;
  /** Whether it records a refusal: the operation is not applied and never will be. */
  readonly isRefusal?: boolean;
  /** May have words of others: they are made inert when the commit is written. */
  readonly subject: string;
  readonly files: readonly FileChange[];
}

const SAFE_NAME = /^[A-Za-z0-9_-][A-Za-z0-9._-]*$/;

function isSafePath(path: string): boolean {
  if (path === `${FOLDER}/.gitattributes`) return true;
  const folder = [FOLDER, WORKFLOWS].find((each) => path.startsWith(`${each}/`));
  return (
    folder !== undefined &&
    path
      .slice(folder.length + 1)
      .split("/")
      .every((name) => SAFE_NAME.test(name))
  );
}

/** The mode and the object of a path in a commit. */
export interface WrittenFile {
  readonly mode: string;
  readonly oid: string;
}

/**
 * A chain of commits, one for each draft, and what they wrote by path: the files and the top entries of the hub's
 * folder.
 */
export interface Chain {
  readonly oids: readonly string[];
  /** The last commit. */
  readonly tip: string;
  readonly written: ReadonlyMap<string, WrittenFile>;
  /** Whether some of its objects were in the repository before, where perhaps no ref kept them. */
  readonly reusesObjects: boolean;
  /** Whether the repository borrows objects from another one that is gone. */
  readonly hasLostAlternate: boolean;
}

/**
 * Writes the drafts as a chain of commits on `base`, to which `next` points then; a push publishes it. Returns undefined
 * when `next` is locked. Throws HiveError when git cannot write.
 *
 * The same base and drafts give the same commits: author, committer and dates come from the operations alone.
 */
export function writeCommits(
  { git, next, isHub, locks }: ChainTarget,
  base: string | undefined,
  drafts: readonly CommitDraft[],
): Chain | undefined {
  const files = drafts.flatMap((draft) => draft.files.map(({ path }) => path));
  const topEntries = files.map((path) => path.split("/").slice(0, 2).join("/"));
  const commits = [
    ...drafts.map((draft, index) => commitCommand(draft, next, index === 0 ? base : `:${index}`, index + 1)),
    ...drafts.map((_, index) => `get-mark :${index + 1}\n`),
    ...[...new Set([...files, ...topEntries])].map((path) => `ls :${drafts.length} ${path}\n`),
    "done\n",
  ];
  const durable = isHub ? ["-c", "core.fsync=committed"] : [];
  const args = [...durable, "fast-import", "--done", "--force", "--date-format=raw"];
  const write = (start: string) => writeDespiteGc(git, args, ["feature done\n", start, ...commits].join(""));
  const first = write(base === undefined ? `reset ${next}\n\n` : isHub ? lookedUp(next, base) : "");
  const hasNoParent = first.code !== 0 && base !== undefined && first.stderr.includes(`${base}^`);
  const result = hasNoParent ? write("") : first;
  if (result.code === 0) return readChain(result, drafts.length);
  if (isLocked(result, locks)) return undefined;
  throw notWritten(git, result);
}

/**
 * Looks up the commit before `base`, without a process of its own: git stops where that commit is gone. It is only
 * looked up in the hub itself. A hub of which a part of the history is gone is written no further, because hosts that
 * have older commits can fetch nothing from it, and because a copy of before would take the place of what is written.
 */
function lookedUp(next: string, base: string): string {
  return `reset ${next}\nfrom ${base}^\n\n`;
}

/**
 * Moves a ref from `base` to the tip of a chain, by compare-and-swap. Returns false when the ref has moved or is locked,
 * or another program has deleted the tip. Throws HiveError when git cannot write.
 */
export function moveRef(
  { git, locks }: Pick<ChainTarget, "git" | "locks">,
  ref: string,
  base: string | undefined,
  tip: string,
): boolean {
  // Without a base, the ref must not exist.
  const args = ["-c", "core.fsync=committed,reference", "update-ref", ref, tip, base ?? ""];
  const result = git.runNow(args, "");
  if (result.code === 0) return true;
  if (isLocked(result, locks) || REF_MOVED.test(result.stderr)) return false;
  throw notWritten(git, result);
}

/** Another commit came first, or the tip is gone. */
const REF_MOVED = /but expected|reference already exists|unable to resolve reference|nonexistent object/;

/** Whether a lock was in the way of a ref. It is removed when the git that made it is dead. */
function isLocked({ stderr }: GitOutput, locks: StuckLocks): boolean {
  locks.clear(stderr);
  return stderr.includes(".lock': File exists");
}

function notWritten({ directory }: Git, result: GitOutput): HiveError {
  return new HiveError(
    "write_failed",
    `git could not write to ${directory}: ${reasonOf(result)}.`,
    whatMends(directory, result),
  );
}

function whatMends(directory: string, result: GitOutput): string {
  const ref = refInTheWay(result.stderr);
  if (ref !== undefined)
    return `Delete the ref that is in the way: git -C ${quoteForShell(directory)} update-ref -d ${quoteForShell(ref)}`;
  return isDamaged(result)
    ? "Repair it: hive doctor --fix"
    : "Check the disk's free space and the permissions.";
}

/** Reads one commit id a line, then one line for each path: mode, type, id, tab, path. */
function readChain({ stdout, stderr }: GitOutput, length: number): Chain {
  const lines = stdout.toString("utf8").trimEnd().split("\n");
  const oids = lines.slice(0, length);
  const written = lines.slice(length).flatMap((line) => {
    const [, mode, id, path] = /^0?(\d+) \w+ ([0-9a-f]+)\t(.*)$/.exec(line) ?? [];
    return path !== undefined && mode !== undefined && id !== undefined
      ? [[path, { mode, oid: id }] as const]
      : [];
  });
  const reusesObjects = !/^Total objects: +\d+ \( *0 duplicates/m.test(stderr);
  return {
    oids,
    tip: oids.at(-1) ?? "",
    written: new Map(written),
    reusesObjects,
    hasLostAlternate: hasLostAlternate(stderr),
  };
}

function reasonOf({ stderr, code }: GitOutput): string {
  return makeVisible(stderr.split("\n").find((line) => /^(?:fatal|error):/.test(line)) ?? `exit ${code}`);
}

function commitCommand(draft: CommitDraft, ref: string, parent: string | undefined, mark: number): string {
  const [first] = draft.authors;
  if (first === undefined) throw new Error("a draft without an operation");
  const identity = `${first.session} <${first.session}@git-hive.invalid> ${toSeconds(first.at)} +0000`;
  return [
    `commit ${ref}\nmark :${mark}\nauthor ${identity}\ncommitter ${identity}\n`,
    data(`${commitLine(draft.subject)}\n\n${trailers(draft)}`),
    parent === undefined ? "" : `from ${parent}\n`,
    ...draft.files.map(fileCommand),
    "\n",
  ].join("");
}

function trailers({ authors, kind, isRefusal }: CommitDraft): string {
  const key = isRefusal ? "Hive-Refused" : "Hive-Op";
  const lines = authors.map(({ op, session }) => `${key}: ${op}\nHive-Session: ${session}\n`);
  return `${lines.join("")}Hive-Kind: ${kind}\n`;
}

/** Checks every path, whatever made it, because fast-import would follow `..` out of the tree. */
function fileCommand({ path, text }: FileChange): string {
  if (!isSafePath(path)) throw new Error(`a change outside the hub's folders: ${path}`);
  return text === undefined ? `D ${path}\n` : `M 100644 inline ${path}\n${data(text)}`;
}

function data(text: string): string {
  return `data ${Buffer.byteLength(text)}\n${text}\n`;
}
