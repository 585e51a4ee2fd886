import type { FileChange } from "../domain/decision.ts";
import type { Wisher } from "../domain/operation.ts";
import { FOLDER, WORKFLOWS } from "../domain/paths.ts";
import { toSeconds } from "../domain/time.ts";
import { makeVisible } from "../domain/visible.ts";
import { HiveError } from "../hive-error.ts";
import type { Git, GitResult } from "./git.ts";

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

/**
 * Writes the drafts as a chain of commits on `base` and returns the last one's id, or undefined when `ref` is
 * given and has moved. With a `ref` the chain is published there by compare-and-swap; without one it is held by
 * nothing but its id, for a push to carry away.
 *
 * Same base and drafts, same commits: author, committer and dates come from the operation alone.
 */
export async function writeCommits(
  git: Git,
  base: string | undefined,
  drafts: readonly Draft[],
  ref: string | undefined,
): Promise<string | undefined> {
  const target = ref ?? `refs/hive/draft-${drafts[0]?.wisher.op}`;
  const stream = [
    "feature done\n",
    ...drafts.map((draft, index) =>
      commitCommand(draft, target, index === 0 ? base : `:${index}`, index + 1),
    ),
    `get-mark :${drafts.length}\n`,
    ref === undefined ? `reset ${target}\nfrom ${"0".repeat(base?.length ?? 40)}\n\n` : "",
    "done\n",
  ];
  const durable = ref === undefined ? [] : ["-c", "core.fsync=committed,reference"];
  const result = await git.run([...durable, "fast-import", "--quiet", "--done", "--date-format=raw"], {
    input: stream.join(""),
  });
  if (result.code === 0) return result.stdout.trim();
  if (MOVED.test(result.stderr)) return undefined;
  throw new HiveError(
    "write_failed",
    `git could not write to ${git.directory}: ${reasonOf(result)}.`,
    "Check the disk's space and rights.",
  );
}

/** Somebody else's commit came first, or is coming in right now. */
const MOVED = /does not contain|cannot lock ref|Unable to create '.*\.lock'/;

function reasonOf({ stderr, code }: GitResult): string {
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
