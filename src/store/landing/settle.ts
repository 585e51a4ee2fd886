import type { FileChange } from "../../domain/decision.ts";
import { BOARD_PATH, FOLDER, patternOf, REGISTRY_PATH } from "../../domain/hub/layout.ts";
import type { Trouble } from "../../domain/stored-operation.ts";
import type { Finding } from "../../domain/values/finding.ts";
import type { Git } from "../git/git.ts";
import { isDescendant } from "../git/history.ts";
import type { ObjectReader } from "../git/objects.ts";
import type { HostLock } from "../host/host-lock.ts";
import type { HubStore } from "../hub-store.ts";
import { type Ending, storedErrorOf } from "../outbox/ending.ts";
import { isDropped, mayBeWaitedFor, type OutboxEntry } from "../outbox/outbox.ts";
import { readRoot } from "../reading/listing.ts";
import type { Batch, DecidedOutcome } from "./decide-batch.ts";
import { decideAll } from "./decide-batch.ts";
import type { HostHelping } from "./helping.ts";
import type { Mention } from "./landed-operations.ts";

/**
 * Ends an entry: leaves the result for the process that waits for it, then removes the entry or notes why it stays.
 * An entry without a waiting process was promised to land, so its refusal stays in the outbox for the user to see.
 * `isOwn` is true when the writer's own process waits.
 *
 * Returns false when the ending is not true for sure, because another process has succeeded this writer and may still
 * land the operation. Then nobody is told.
 */
export function settle(
  { outbox, results }: HubStore,
  lock: Pick<HostLock, "isHeld">,
  entry: OutboxEntry,
  ending: Ending,
  isOwn: boolean,
  trouble?: Trouble,
): boolean {
  const { waiter } = entry;
  const hasWaiter = isOwn || mayBeWaitedFor(entry);
  const leaveResult = () => {
    if (hasWaiter && !isOwn && waiter) results.leave(entry.operation.op, waiter, ending);
  };
  const isQueued = ending.kind === "queued" || ending.kind === "kept";
  if (isQueued || ending.kind === "landed" || isDropped(entry)) {
    leaveResult();
    if (isQueued) outbox.keep(entry, trouble);
    else outbox.forget(entry);
    return true;
  }
  if (!lock.isHeld) return false;
  // The entry is removed before the refusal is reported. Otherwise another process could still land the refused
  // operation. A successor that has the lock only after that reads the outbox without the entry.
  if (!hasWaiter || !outbox.remove(entry)) {
    outbox.keep(entry, troubleOf(ending));
    return true;
  }
  if (!lock.isHeld) return false;
  leaveResult();
  return true;
}

function troubleOf(ending: Ending & { kind: "refusal" | "failed" }): Trouble {
  const { code, message, hint } = ending.kind === "refusal" ? ending : ending.fault;
  return { by: ending.kind === "refusal" ? "rules" : "hub", code, message, hint };
}

/** The ending of an operation with this outcome; `commit` is null when no commit was needed. */
function endingOf(outcome: DecidedOutcome, commit: string | null, findings: readonly Finding[]): Ending {
  switch (outcome.kind) {
    case "refusal":
      return { ...outcome, findings };
    case "failed":
      return { kind: "failed", fault: storedErrorOf(outcome.error) };
    default:
      return { kind: "landed", commit, result: outcome.result, findings };
  }
}

/** The ending of an entry in a batch; undefined when the batch did not decide it. */
export function endingIn(
  { decided, findings }: Batch,
  { operation }: OutboxEntry,
  oids: readonly string[] = [],
): Ending | undefined {
  const match = decided.find((each) => each.operation.op === operation.op);
  if (match === undefined) return undefined;
  const commit = match.draft === undefined ? null : (oids[match.draft] ?? null);
  return endingOf(match.outcome, commit, findings);
}

/** The outcome of an entry in a batch. */
export function outcomeOf({ decided }: Batch, { operation }: OutboxEntry): DecidedOutcome | undefined {
  return decided.find((each) => each.operation.op === operation.op)?.outcome;
}

/** The endings of the operations that one writer has finished, whether they landed or stay in the outbox. */
export class Endings {
  readonly #store: HubStore;
  readonly #lock: HostLock;
  readonly #helping: HostHelping;
  readonly #own: string | undefined;
  readonly #ended = new Set<string>();
  #ending: Ending | undefined;

  /** `own` is the operation that the writer's own process waits for. */
  constructor(store: HubStore, lock: HostLock, helping: HostHelping, own: string | undefined) {
    this.#store = store;
    this.#lock = lock;
    this.#helping = helping;
    this.#own = own;
  }

  /** The ending of the writer's own operation, if it has ended. */
  get own(): Ending | undefined {
    return this.#ending;
  }

  has(op: string): boolean {
    return this.#ended.has(op);
  }

  /** Ends an entry once. An entry that was not decided does not end. */
  settle(entry: OutboxEntry, ending: Ending | undefined, trouble = entry.trouble): void {
    if (ending === undefined || this.#ended.has(entry.operation.op)) return;
    this.#ended.add(entry.operation.op);
    const isOwn = entry.operation.op === this.#own;
    // Other hosts can see the operation and may still land it, so it has not failed.
    const mayLand = ending.kind === "failed" && this.#helping.isExposed(entry.operation);
    const finalEnding: Ending = mayLand ? { kind: "queued", why: ending.fault } : ending;
    const isTold = settle(this.#store, this.#lock, entry, finalEnding, isOwn, trouble);
    if (isOwn && isTold) this.#ending = finalEnding;
  }
}

/**
 * The ending of an operation that a commit names; undefined when the commit only says so. Any user with push access can
 * write trailers, so the operation is decided again on the state before the commit. The outcome must be a refusal where
 * the commit records one. Otherwise it must be a change, and the commit must have the files of that change.
 *
 * A merge can bring a commit that continues an older state, on which the rules would refuse almost anything. It counts
 * only if it continues the state that this host knew, unless the branch was rewritten and lacks that state.
 */
export async function confirmedEnding(
  store: HubStore,
  entry: OutboxEntry,
  { commit, isRefusal }: Mention,
  tip: string | null,
): Promise<Ending | undefined> {
  const { objects, reader, repository } = store;
  const before = readRoot(objects, `${commit}^`);
  if (isOlder(repository.git, before?.commit, entry.since, tip)) return undefined;
  const flags = { isDropped: () => isDropped(entry), isVisible: () => false, isForeign: () => false };
  const { decided, findings } = await decideAll(reader, repository.address, before, [entry.operation], flags);
  const outcome = decided[0]?.outcome;
  const isConfirmed = isRefusal
    ? outcome?.kind === "refusal"
    : outcome?.kind === "change" && (await hasFiles(objects, commit, outcome.files));
  return isConfirmed && outcome ? endingOf(outcome, commit, findings) : undefined;
}

/** Whether a state does not follow the one that a host knew, although the branch does. */
function isOlder(
  git: Git,
  before: string | undefined,
  known: OutboxEntry["since"],
  tip: string | null,
): boolean {
  if (known === null || tip === null || before === known) return false;
  const follows = (commit: string | undefined) => commit !== undefined && isDescendant(git, commit, known);
  return !follows(before) && follows(tip);
}

/** Generated from other files. Another version of git-hive may write them differently. */
const GENERATED = new Set([BOARD_PATH, REGISTRY_PATH]);

const HEARTBEAT = patternOf("heartbeats");

/**
 * Whether a commit has these files. Other operations may have changed more files in the same commit. The heartbeat that
 * goes along with another change does not count, because another version of git-hive may not write it.
 */
async function hasFiles(
  objects: ObjectReader,
  commit: string,
  files: readonly FileChange[],
): Promise<boolean> {
  const own = files.filter(({ path }) => !GENERATED.has(path));
  const others = own.filter(({ path }) => !HEARTBEAT.test(path.slice(FOLDER.length + 1)));
  const last = new Map((others.length > 0 ? others : own).map(({ path, text }) => [path, text]));
  for (const [path, text] of last) {
    const expected = text === undefined ? undefined : Buffer.from(text);
    const name = `${commit}:${path}`;
    // The size comes first, because the commit may be anybody's and its file of any size.
    const size = (await objects.inspect(name))?.size;
    if (size !== expected?.length) return false;
    if (expected && !(await objects.read(name))?.bytes.equals(expected)) return false;
  }
  return true;
}
