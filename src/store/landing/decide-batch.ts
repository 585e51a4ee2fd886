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
import type { Instant } from "../../domain/values/instant.ts";
import { toInstant, toSeconds } from "../../domain/values/time.ts";
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

/** The outcome of an operation; `failed` when the hub's files or the operation's input do not allow a decision. */
export type DecidedOutcome = Decision<unknown> | { readonly kind: "failed"; readonly error: HiveError };

interface Decided {
  readonly operation: Operation;
  readonly outcome: DecidedOutcome;
  /** The index of the draft that carries a change. */
  readonly draft: number | undefined;
}

/** The result of deciding operations in order, each on the state that the operations before it left. */
export interface Batch {
  /**
   * The decided operations. Left out are operations of a session after one whose outcome is still open, and all
   * operations after a change whose result must be read back from the hub.
   */
  readonly decided: readonly Decided[];
  readonly drafts: readonly CommitDraft[];
  readonly findings: readonly Finding[];
  readonly settings: Settings;
}

/** Properties of an operation that change how it is decided. */
export interface OperationFlags {
  /** Whether the user dropped the operation, so that it is refused. */
  isDropped(operation: Operation): boolean;
  /** Whether other hosts can see the operation, so that they may land it. */
  isVisible(operation: Operation): boolean;
  /** Whether the operation waits only on another host, which will find out itself why it fails. */
  isForeign(operation: Operation): boolean;
}

const NO_FLAGS: OperationFlags = { isDropped: () => false, isVisible: () => false, isForeign: () => false };

/**
 * Decides operations in order on the state at a root; `undefined` is a branch with no commit yet.
 *
 * A refusal of an operation that other hosts can see gets a commit without files. It ends the operation for all
 * hosts; without it, another host could later land an operation that was already refused. Any other operation without
 * a change may be decided again, so the later operations of its session are left for that time.
 */
export async function decideAll(
  reader: SnapshotReader,
  address: HubAddress,
  root: Root | undefined,
  operations: readonly Operation[],
  { isDropped, isVisible, isForeign }: OperationFlags = NO_FLAGS,
): Promise<Batch> {
  const rules = await Promise.all(operations.map(({ kind }) => loadRule(kind)));
  const parts = rules.flatMap((rule) => rule?.reads ?? []);
  let reading: Reading<Part> = await reader.read(root, [...parts, ...ALWAYS_READ]);
  const decided: Decided[] = [];
  const drafts: CommitDraft[] = [];
  const undecided = new Set<string>();
  for (const [index, operation] of operations.entries()) {
    if (undecided.has(operation.session)) continue;
    const outcome = isDropped(operation)
      ? DROPPED
      : decideOne(reading, address, root, rules[index], operation);
    const isChange = outcome.kind === "change";
    const isSettled = addOutcome(drafts, operation, outcome, isVisible(operation));
    // Anybody may publish an operation in a session's name that never works. It must not hold up those that the session made.
    const isIgnored = outcome.kind === "failed" && isForeign(operation);
    if (!isSettled && !isIgnored) undecided.add(operation.session);
    decided.push({ operation, outcome, draft: isChange ? drafts.length - 1 : undefined });
    const next = isChange ? advance(reading, outcome.files) : reading;
    if (next === undefined) break;
    reading = next;
  }
  return { decided, drafts, findings: reading.findings, settings: reading.state.settings };
}

function decideOne(
  { state, findings, files }: Reading<Part>,
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
    if (decision.kind === "change")
      checkRewrites(decision.files, findings, (path) =>
        Object.values(files).some((inside) => Object.hasOwn(inside, path)),
      );
    return decision;
  } catch (error) {
    if (error instanceof HiveError) return { kind: "failed", error };
    // A schema error carries `issues`. The input was parsed before it was stored, but perhaps by another version.
    if (error instanceof Error && "issues" in error)
      return { kind: "failed", error: unknownKind(operation.kind) };
    throw error;
  }
}

/** Adds the draft of an outcome. Returns false when the outcome of the operation is still open. */
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

/**
 * Adds one commit for each operation. Consecutive heartbeats share one, because they are not worth reading one by
 * one.
 */
function addDraft(
  drafts: CommitDraft[],
  author: Operation,
  { subject, files }: { subject: string; files: readonly FileChange[] },
): void {
  const last = drafts.at(-1);
  const draft = { authors: [author], kind: author.kind, subject, files };
  if (!last || !isHeartbeat(last) || !isHeartbeat(draft)) {
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

function isHeartbeat({ kind, files }: CommitDraft): boolean {
  // A change of the profile without the registry is a read receipt, which is sent with the heartbeat.
  return (
    kind === "heartbeat" &&
    files.every(({ path }) => HEARTBEAT_FOLDERS.some((folder) => path.startsWith(folder)))
  );
}

function refusalOf(operation: Operation, { code }: Refusal): CommitDraft {
  const subject = `refuse ${operation.kind} by ${operation.session}: ${code.replaceAll("_", " ")}`;
  return { authors: [operation], kind: "refusal", isRefusal: true, subject, files: [] };
}

/** The commits of a batch and the operations that each carries. */
export function landedCommitsOf({ drafts }: Batch, { oids }: Chain): LandedCommit[] {
  return drafts.map(({ authors, isRefusal }, index) => {
    const named = authors.map(({ op }) => op);
    return { commit: oids[index] ?? "", ops: isRefusal ? [] : named, refused: isRefusal ? named : [] };
  });
}

/** The date of the last commit of a batch. */
export function dateOf({ drafts }: Batch): Instant | undefined {
  const at = drafts.at(-1)?.authors[0]?.at;
  return at === undefined ? undefined : toInstant(toSeconds(at) * 1000);
}

/** All file changes of a batch, in the order they are written. */
export function filesOf({ drafts }: Batch): FileChange[] {
  return drafts.flatMap(({ files }) => files);
}
