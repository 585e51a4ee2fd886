import type { FileChange } from "../../domain/decision.ts";
import { FOLDER, WORKFLOWS } from "../../domain/hub/layout.ts";
import type { Author } from "../../domain/operation.ts";
import { commitLine } from "../../domain/values/inert.ts";
import { toSeconds } from "../../domain/values/time.ts";
import { makeVisible } from "../../domain/values/visible.ts";
import { HiveError } from "../../errors.ts";
import { writeDespiteGc } from "./despite-gc.ts";
import type { Git, GitOutput } from "./git.ts";
import { NEXT } from "./ref-names.ts";
import type { StuckLocks } from "./stuck-locks.ts";

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
}

/**
 * Writes the drafts as a chain of commits on `base`; returns undefined when a ref has moved or is locked. With a
 * `ref`, the chain is published there by compare-and-swap; without a `ref`, a push publishes it later.
 *
 * The same base and drafts give the same commits: author, committer and dates come from the operations alone.
 */
export async function writeCommits(
  git: Git,
  base: string | undefined,
  drafts: readonly CommitDraft[],
  ref: string | undefined,
  locks?: StuckLocks,
): Promise<Chain | undefined> {
  const target = ref ?? NEXT;
  const files = drafts.flatMap((draft) => draft.files.map(({ path }) => path));
  const topEntries = files.map((path) => path.split("/").slice(0, 2).join("/"));
  const stream = [
    "feature done\n",
    base === undefined && ref === undefined ? `reset ${target}\n\n` : "",
    ...drafts.map((draft, index) =>
      commitCommand(draft, target, index === 0 ? base : `:${index}`, index + 1),
    ),
    ...drafts.map((_, index) => `get-mark :${index + 1}\n`),
    ...[...new Set([...files, ...topEntries])].map((path) => `ls :${drafts.length} ${path}\n`),
    "done\n",
  ];
  const gitOptions = ref === undefined ? [] : ["-c", "core.fsync=committed,reference"];
  const importOptions = ref === undefined ? ["--force"] : [];
  const args = [...gitOptions, "fast-import", "--done", "--date-format=raw", ...importOptions];
  const result = writeDespiteGc(git, args, stream.join(""));
  if (result.code === 0) return readChain(result, drafts.length);
  locks?.clear(result.stderr);
  if (REF_MOVED.test(result.stderr)) return undefined;
  throw new HiveError(
    "write_failed",
    `git could not write to ${git.directory}: ${reasonOf(result)}.`,
    "Check the disk's free space and the permissions.",
  );
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
  return { oids, tip: oids.at(-1) ?? "", written: new Map(written), reusesObjects };
}

/** Another commit came first, or is being written now. */
const REF_MOVED = /does not contain|but expected|reference already exists|\.lock': File exists/;

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
