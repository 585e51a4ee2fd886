import { FOLDER } from "../../domain/hub/layout.ts";
import { checkCommit } from "../../domain/validation/commit-rules.ts";
import type { HubFault } from "../../domain/validation/hub-files.ts";
import { secretsInCommit } from "../../domain/validation/secrets.ts";
import type { Finding } from "../../domain/values/finding.ts";
import type { Instant } from "../../domain/values/instant.ts";
import { compareTexts } from "../../domain/values/order.ts";
import { HiveError } from "../../errors.ts";
import type { Git } from "../git/git.ts";
import type { ObjectReader } from "../git/objects.ts";
import { readCommits } from "./commit-changes.ts";
import { committedTree, type HubTree } from "./hub-tree.ts";
import { findMergeLosses } from "./merge-losses.ts";
import { findFalseMentions } from "./operation-trailers.ts";
import { isZeroId, resolveCommit, type ValidationTarget } from "./revisions.ts";
import { type Validation, validateTree } from "./validate-tree.ts";

/** The repository to read commits from, and the newest commit of its branch. */
export interface History {
  readonly git: Git;
  readonly objects: ObjectReader;
  readonly newest: string;
}

/** Validates a hub at a commit; for a range, also what its commits did. Throws HiveError. */
export async function validateHistory(
  history: History,
  target: ValidationTarget,
  now: Instant,
): Promise<Validation> {
  const { git, objects, newest } = history;
  const revision = { newest, commit: "", range: "" };
  if (target.kind === "commit") revision.commit = target.revision;
  if (target.kind === "range") revision.range = target.to;
  const commit = await existingCommit(history, revision[target.kind]);
  const state = await validateFolder(committedTree(git, objects, commit), now);
  if (target.kind !== "range") return state;
  const commits = await validateRange(history, target, commit);
  return {
    files: state.files,
    findings: sorted([...commits.findings, ...state.findings]),
    warnings: sorted([...commits.warnings, ...state.warnings]),
  };
}

/** Validates a folder as it is; findings are in the order of its files. */
export async function validateFolder(tree: HubTree, now: Instant): Promise<Validation> {
  const { files, findings, warnings } = await validateTree(tree, now);
  return { files, findings: sorted(findings), warnings: sorted(warnings) };
}

/** What the commits of a range did. */
type CommitsValidation = Omit<Validation, "files">;

/** Checks commit by commit which session may change what. If history was rewritten, the start is unknown. */
async function validateRange(
  history: History,
  { from, dots }: ValidationTarget & { kind: "range" },
  to: string,
): Promise<CommitsValidation> {
  const { git, objects, newest } = history;
  if (isZeroId(from)) return validateCommits(history, undefined, to);
  const start = await resolveCommit(objects, from, newest);
  if (start !== undefined && isAncestor(git, start, to)) return validateCommits(history, start, to);
  const parting = start === undefined ? undefined : partingOf(git, start, to);
  // A shallow clone may lack exactly the requested commits.
  if (parting === undefined && isShallow(git)) throw tooShallow(from);
  if (start === undefined) return { findings: [rewritten(`${from.slice(0, 7)} is gone`)], warnings: [] };
  const commits = await validateCommits(history, parting, to);
  if (dots === "...") return commits;
  const cut = rewritten(`${to.slice(0, 7)} does not follow ${start.slice(0, 7)}`);
  return { ...commits, findings: [cut, ...commits.findings] };
}

async function validateCommits(
  { git, objects }: History,
  from: string | undefined,
  to: string,
): Promise<CommitsValidation> {
  const findings: Finding[] = [];
  const warnings: Finding[] = [];
  for await (const commit of readCommits(git, objects, from, to)) {
    findings.push(...checkCommit(commit).map(atStart));
    warnings.push(...secretsInCommit(commit).map(atStart));
  }
  const mentions = findFalseMentions(git, from, to);
  return { findings: [...findings, ...mentions, ...findMergeLosses(git, from, to)], warnings };
}

/** A commit's fault stands at the start of the file, because the file may have changed since. */
function atStart({ path, rule, message }: HubFault): Finding {
  return { path, line: 1, column: 1, rule, message };
}

/** The commit at which two histories parted. */
function partingOf(git: Git, one: string, other: string): string | undefined {
  return git.runNow(["merge-base", one, other], "").stdout.toString("utf8").trim() || undefined;
}

async function existingCommit({ objects, newest }: History, revision: string): Promise<string> {
  const commit = await resolveCommit(objects, revision, newest);
  if (commit !== undefined) return commit;
  throw new HiveError("unknown_commit", `There is no commit ${revision} here.`, "Fetch it first: git fetch", {
    failure: "usage",
  });
}

function isAncestor(git: Git, start: string, end: string): boolean {
  return git.runNow(["merge-base", "--is-ancestor", start, end], "").code === 0;
}

function isShallow(git: Git): boolean {
  return git.runNow(["rev-parse", "--is-shallow-repository"], "").stdout.toString("utf8").trim() === "true";
}

function tooShallow(from: string): HiveError {
  return new HiveError(
    "shallow",
    `This shallow clone lacks the history since ${from.slice(0, 40)}.`,
    "Fetch the history: git fetch --unshallow, or fetch-depth: 0 of actions/checkout",
  );
}

function rewritten(how: string): Finding {
  const message = `history was rewritten: ${how}; expected only new commits on top`;
  return { path: FOLDER, line: 1, column: 1, rule: "history", message };
}

function sorted(findings: readonly Finding[]): Finding[] {
  return [...findings].sort(
    (a, b) =>
      compareTexts(a.path, b.path) || a.line - b.line || a.column - b.column || compareTexts(a.rule, b.rule),
  );
}
