import type { Operation } from "../../domain/operation.ts";
import { DROPPED } from "../../domain/refusal.ts";
import type { Trouble } from "../../domain/stored-operation.ts";
import type { Finding } from "../../domain/values/finding.ts";
import { HiveError } from "../../errors.ts";
import { isAlive } from "../host/process-id.ts";
import type { HubStore } from "../hub-store.ts";
import { type Ending, LANDED_UNSEEN, storedErrorOf } from "../outbox/ending.ts";
import type { OutboxEntry } from "../outbox/outbox.ts";
import { readRoot } from "../reading/listing.ts";
import type { Batch, DecidedOutcome } from "./decide-batch.ts";
import { decideAll } from "./decide-batch.ts";
import type { HostHelping } from "./helping.ts";

/**
 * Ends an entry: tells the process that waits for it, and forgets it or notes why it stays. What nobody waits for any
 * more was promised to land, so a refusal stays to be seen. `isOwn` where the writer's own process waits.
 */
export function settle(
  { outbox, results }: HubStore,
  entry: OutboxEntry,
  ending: Ending,
  isOwn: boolean,
  trouble?: Trouble,
): void {
  const { waiter } = entry;
  const isHeard = isOwn || (waiter !== undefined && isAlive(waiter));
  const tell = () => {
    if (isHeard && !isOwn && waiter) results.leave(entry.operation.op, waiter, ending);
  };
  const mayStay = ending.kind === "queued" || ending.kind === "kept";
  if (mayStay || ending.kind === "landed" || isOver(ending) || entry.trouble?.code === DROPPED.code) {
    tell();
    if (mayStay) outbox.keep(entry, trouble);
    else outbox.forget(entry);
    return;
  }
  // Taken out before it is told: what was told to be refused must not be there for anybody to carry.
  if (isHeard && outbox.remove(entry)) tell();
  else outbox.keep(entry, troubleOf(ending));
}

/** It landed by another version, and nobody here can tell with what result. */
function isOver(ending: Ending): boolean {
  return ending.kind === "failed" && ending.fault.code === LANDED_UNSEEN;
}

function troubleOf(ending: Ending & { kind: "refusal" | "failed" }): Trouble {
  const { code, message, hint } = ending.kind === "refusal" ? ending : ending.fault;
  return { by: ending.kind === "refusal" ? "rules" : "hub", code, message, hint };
}

/** How an operation ends with what it was decided to be; `commit` is null where none was needed. */
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

/** How an entry ends with a batch; undefined where it was not decided in it. */
export function endingIn(
  { decided, findings }: Batch,
  { operation }: OutboxEntry,
  oids: readonly string[] = [],
): Ending | undefined {
  const found = decided.find((each) => each.operation.op === operation.op);
  if (found === undefined) return undefined;
  const commit = found.draft === undefined ? null : (oids[found.draft] ?? null);
  return endingOf(found.outcome, commit, findings);
}

/** What an entry was decided to be in a batch. */
export function outcomeOf({ decided }: Batch, { operation }: OutboxEntry): DecidedOutcome | undefined {
  return decided.find((each) => each.operation.op === operation.op)?.outcome;
}

/** What the operations that one writer is done with came to, whether they landed or stay. */
export class Endings {
  readonly #store: HubStore;
  readonly #helping: HostHelping;
  readonly #own: string | undefined;
  readonly #ended = new Set<string>();
  #ending: Ending | undefined;

  /** `own` is the operation the writer's own process waits for. */
  constructor(store: HubStore, helping: HostHelping, own: string | undefined) {
    this.#store = store;
    this.#helping = helping;
    this.#own = own;
  }

  /** How the own operation ended, if it did. */
  get own(): Ending | undefined {
    return this.#ending;
  }

  has(op: string): boolean {
    return this.#ended.has(op);
  }

  /** Ends an entry, once. What was not decided does not end. */
  settle(entry: OutboxEntry, ending: Ending | undefined, trouble = entry.trouble): void {
    if (ending === undefined || this.#ended.has(entry.operation.op)) return;
    this.#ended.add(entry.operation.op);
    const isOwn = entry.operation.op === this.#own;
    // What others can see may land yet, so it has not failed.
    const mayLand = ending.kind === "failed" && this.#helping.isExposed(entry.operation);
    const end: Ending = mayLand ? { kind: "queued", why: ending.fault } : ending;
    if (isOwn) this.#ending = end;
    settle(this.#store, entry, end, isOwn, trouble);
  }
}

/** What an operation that has ended in the history came to: decided again on the state before its commit, it comes to the same. */
export async function replayed(store: HubStore, operation: Operation, commit: string): Promise<Ending> {
  const { objects, reader, repository } = store;
  const before = readRoot(objects, `${commit}^`);
  const { decided, findings } = await decideAll(reader, repository.address, before, [operation]);
  const outcome = decided[0]?.outcome;
  if (outcome !== undefined && outcome.kind !== "failed") return endingOf(outcome, commit, findings);
  return { kind: "failed", fault: storedErrorOf(landedUnseen(operation.op, commit)) };
}

/** Another version of git-hive decided it otherwise. */
function landedUnseen(op: string, commit: string): HiveError {
  return new HiveError(LANDED_UNSEEN, `${op} landed as ${commit}, by another git-hive.`, "See: hive log");
}
