import { ALWAYS_READ, decide } from "../../domain/decide.ts";
import type { Decision, FileChange } from "../../domain/decision.ts";
import { FOLDER, locationOf } from "../../domain/hub/layout.ts";
import type { Settings } from "../../domain/hub/settings.ts";
import type { Operation } from "../../domain/operation.ts";
import type { AnyRule } from "../../domain/operations.ts";
import { loadRule } from "../../domain/operations.ts";
import { DROPPED, type Refusal } from "../../domain/refusal.ts";
import type { Part } from "../../domain/snapshot.ts";
import type { Finding } from "../../domain/values/finding.ts";
import { firstLine } from "../../domain/values/visible.ts";
import { HiveError } from "../../errors.ts";
import type { LandedCommit } from "../git/history.ts";
import type { Chain, CommitDraft } from "../git/write-commits.ts";
import type { HubAddress } from "../hub/address.ts";
import { notAHub, unknownKind } from "../hub/errors.ts";
import { isHub, type Root } from "../reading/listing.ts";
import { advance, type Reading } from "../reading/part-files.ts";
import type { SnapshotReader } from "../reading/snapshot-reader.ts";
import { checkRewrites, checkSettings } from "./check-writable.ts";

/** What an operation came to; `failed` where the hub's files or its input do not let it be decided. */
export type DecidedOutcome = Decision<unknown> | { readonly kind: "failed"; readonly error: HiveError };

interface Decided {
  readonly operation: Operation;
  readonly outcome: DecidedOutcome;
  /** Which of the drafts carries it, where it is a change. */
  readonly draft: number | undefined;
}

/** Operations decided one after the other, each on what the ones before it left. */
export interface Batch {
  /**
   * Those that were given, but for what a session wishes after something that may still come to another end; the first
   * of them where what comes next has to be read from the hub first.
   */
  readonly decided: readonly Decided[];
  readonly drafts: readonly CommitDraft[];
  readonly findings: readonly Finding[];
  readonly settings: Settings;
}

/** What is special about some of the operations that are decided. */
export interface Circumstances {
  /** That somebody gave it up: it is refused. */
  isDropped(operation: Operation): boolean;
  /** That other hosts can see it, and so may carry it. */
  isVisible(operation: Operation): boolean;
}

const ORDINARY: Circumstances = { isDropped: () => false, isVisible: () => false };

/**
 * Decides operations in their order on the state at a root, of which `undefined` is one with no commit yet.
 *
 * Where others can see an operation that is refused, its refusal gets a commit without files: it ends it for
 * everybody, or one of them could land later what was refused already. Every other operation that comes to nothing may
 * still be decided anew, so what its session wishes after it is left for then.
 */
export async function decideAll(
  reader: SnapshotReader,
  address: HubAddress,
  root: Root | undefined,
  operations: readonly Operation[],
  { isDropped, isVisible }: Circumstances = ORDINARY,
): Promise<Batch> {
  const rules = await Promise.all(operations.map(({ kind }) => loadRule(kind)));
  const parts = rules.flatMap((rule) => rule?.reads ?? []);
  let reading: Reading<Part> = await reader.read(root, [...parts, ...ALWAYS_READ]);
  const decided: Decided[] = [];
  const drafts: CommitDraft[] = [];
  const unsettled = new Set<string>();
  for (const [index, operation] of operations.entries()) {
    if (unsettled.has(operation.session)) continue;
    const outcome = isDropped(operation)
      ? DROPPED
      : decideOne(reading, address, root, rules[index], operation);
    const isChange = outcome.kind === "change";
    const isSettled = addOutcome(drafts, operation, outcome, isVisible(operation));
    if (!isSettled) unsettled.add(operation.session);
    decided.push({ operation, outcome, draft: isChange ? drafts.length - 1 : undefined });
    const next = isChange ? advance(reading, outcome.files) : reading;
    if (next === undefined) break;
    reading = next;
  }
  return { decided, drafts, findings: reading.findings, settings: reading.state.settings };
}

function decideOne(
  { state, findings }: Reading<Part>,
  address: HubAddress,
  root: Root | undefined,
  rule: AnyRule | undefined,
  operation: Operation,
): DecidedOutcome {
  try {
    if (rule === undefined) throw unknownKind(operation.kind);
    if (rule.kind !== "init" && !isHub(root)) throw notAHub(address);
    checkSettings(state.settings, findings);
    const decision = decide<unknown, Part, unknown>(rule, state, operation);
    if (decision.kind === "change") checkRewrites(decision.files, findings);
    return decision;
  } catch (error) {
    if (error instanceof HiveError) return { kind: "failed", error };
    // What a schema throws carries its issues. It was parsed before it was stored, but maybe by another version.
    if (error instanceof Error && "issues" in error)
      return { kind: "failed", error: unknownKind(operation.kind) };
    throw error;
  }
}

/** Adds what an outcome writes; false where that leaves it open what the operation comes to. */
function addOutcome(
  drafts: CommitDraft[],
  operation: Operation,
  outcome: DecidedOutcome,
  isVisible: boolean,
): boolean {
  if (outcome.kind === "change") addDraft(drafts, operation, outcome);
  else if (outcome.kind === "refusal" && isVisible) drafts.push(refusalOf(operation, outcome));
  else return outcome.kind === "nothing";
  return true;
}

/** A commit of its own, but for heartbeats in a row: they say nothing that anyone would want to see one by one. */
function addDraft(
  drafts: CommitDraft[],
  author: Operation,
  { subject, files }: { subject: string; files: readonly FileChange[] },
): void {
  const last = drafts.at(-1);
  const draft = { authors: [author], kind: author.kind, subject, files };
  if (!last || !isSignOfLife(last) || !isSignOfLife(draft)) {
    drafts.push(draft);
    return;
  }
  const authors = [...last.authors, author];
  const sessions = [...new Set(authors.map(({ session }) => session))];
  const shared = {
    subject: `heartbeat ${firstLine(sessions.join(", "), 90)}`,
    files: [...last.files, ...files],
  };
  drafts[drafts.length - 1] = { ...last, ...shared, authors };
}

const HEARTBEAT_FOLDERS = (["heartbeats", "sessions"] as const).map(
  (kind) => `${FOLDER}/${locationOf(kind).path}/`,
);

function isSignOfLife({ kind, files }: CommitDraft): boolean {
  // A profile alone, without the registry, is a receipt that rides along.
  return (
    kind === "heartbeat" &&
    files.every(({ path }) => HEARTBEAT_FOLDERS.some((folder) => path.startsWith(folder)))
  );
}

function refusalOf(operation: Operation, { code }: Refusal): CommitDraft {
  const subject = `refuse ${operation.kind} by ${operation.session}: ${code.replaceAll("_", " ")}`;
  return { authors: [operation], kind: "refusal", isRefusal: true, subject, files: [] };
}

/** The commits of a batch and the operations each carries. */
export function landedCommitsOf({ drafts }: Batch, { oids }: Chain): LandedCommit[] {
  return drafts.map(({ authors }, index) => ({
    commit: oids[index] ?? "",
    ops: authors.map(({ op }) => op),
  }));
}

/** All that a batch writes, in the order it is written. */
export function filesOf({ drafts }: Batch): FileChange[] {
  return drafts.flatMap(({ files }) => files);
}
