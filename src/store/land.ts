import { hrtime } from "node:process";
import { setTimeout as sleep } from "node:timers/promises";
import { ALWAYS_READ, decide } from "../domain/decide.ts";
import type { Finding } from "../domain/finding.ts";
import type { Operation, OperationRule } from "../domain/operation.ts";
import type { Refusal } from "../domain/refusals.ts";
import type { Part } from "../domain/snapshot.ts";
import { HiveError } from "../hive-error.ts";
import { type Draft, writeCommits } from "./commit.ts";
import { findOperation } from "./history.ts";
import { denied, notAHub, refusedPush, unconfirmed, unreachable } from "./hub-errors.ts";
import { isHub, type Root, readRoot } from "./listing.ts";
import type { ObjectReader } from "./objects.ts";
import type { Repository } from "./repository.ts";
import type { SnapshotReader } from "./snapshot-reader.ts";
import { checkRewrites, checkSettings } from "./writable.ts";

/** After this long without landing, an operation is given up: something is wrong that retrying does not cure. */
const DEADLINE_MS = 60_000;

/** What landing needs of a hub. `random` gives numbers from 0 to 1. */
export interface Place {
  readonly repository: Repository;
  readonly objects: ObjectReader;
  readonly reader: SnapshotReader;
  random(): number;
}

/** What became of an operation; `commit` is undefined where the state already was as wished. */
type Landing<Result> =
  | { readonly kind: "landed"; readonly commit: string | undefined; readonly result: Result }
  | Refusal;

export type Landed<Result> = Landing<Result> & { readonly findings: readonly Finding[] };

/**
 * Lands one operation: decides it on the newest state known here and offers the commit to the hub without asking
 * first. When the branch has moved, or the answer leaves a doubt, it learns the branch, looks whether the operation
 * is in it already, and otherwise decides again on the new state. A refusal counts only on a state learned during
 * this call. Throws HiveError when the hub refuses the push, does not let us in or does not answer; once an answer was
 * lost, it never claims that nothing was written.
 */
export async function land<Input, Needed extends Part, Result>(
  place: Place,
  rule: OperationRule<Input, Needed, Result>,
  operation: Operation,
): Promise<Landed<Result>> {
  const offered: Offers<Result> = { results: new Map(), firstBase: undefined, doubt: undefined };
  try {
    for await (const attempt of attempts(place)) {
      // Only after the pause between attempts: what was learned before it would be old again.
      if (attempt > 1) await place.repository.refresh();
      const isFresh = attempt > 1 || place.repository.ref !== undefined;
      const landed = await tryOnce(place, rule, operation, offered, isFresh);
      if (landed) return landed;
    }
  } catch (error) {
    throw offered.doubt === undefined ? error : unconfirmed(place.repository.address, offered.doubt, error);
  }
  if (offered.doubt !== undefined) throw unconfirmed(place.repository.address, offered.doubt, undefined);
  throw new HiveError(
    "contended",
    "The hub's branch kept moving for a minute.",
    "Nothing was written. Try again.",
  );
}

/** What this call has offered so far: the results by commit, and the state the first one was built on. */
interface Offers<Result> {
  readonly results: Map<string, Result>;
  firstBase: string | undefined;
  /** Why an offer's answer is not known: until the commit is found, it may be anywhere between here and the branch. */
  doubt: string | undefined;
}

/** One attempt on the newest known state; undefined where another one is due. */
async function tryOnce<Input, Needed extends Part, Result>(
  place: Place,
  rule: OperationRule<Input, Needed, Result>,
  operation: Operation,
  offered: Offers<Result>,
  isFresh: boolean,
): Promise<Landed<Result> | undefined> {
  const base = readRoot(place.objects, place.repository.tip);
  if (rule.kind !== "init" && !checkHub(place, base, isFresh)) return undefined;
  const { state, findings } = await place.reader.read(base, [...rule.reads, ...ALWAYS_READ]);
  const before = findLanded(place, offered, base?.commit, operation);
  if (before) return { ...before, findings };
  checkSettings(state.settings, findings);
  const decision = decide(rule, state, operation);
  if (decision.kind === "change") {
    checkRewrites(decision.files, findings);
    const landing = await offer(place, offered, base, { ...decision, wisher: operation, kind: rule.kind });
    return landing && { ...landing, findings };
  }
  // A heartbeat that is not due yet needs no newer state; what else is decided on an old one is not decided yet.
  const isDecided = isFresh || (decision.kind === "nothing" && rule.kind === "heartbeat");
  if (!isDecided) return undefined;
  if (decision.kind === "refusal") return { ...decision, findings };
  return { kind: "landed", commit: undefined, result: decision.result, findings };
}

/** Whether the known state is a hub's; when it is not, on a state learned just now, throws. */
function checkHub({ repository }: Place, base: Root | undefined, isFresh: boolean): boolean {
  if (!isHub(base) && isFresh) throw notAHub(repository.address);
  return isHub(base);
}

/** The commit of ours that is on the branch although its push did not say so. */
function findLanded<Result>(
  { repository }: Place,
  { results, firstBase }: Offers<Result>,
  tip: string | undefined,
  { op }: Operation,
): (Landing<Result> & { kind: "landed" }) | undefined {
  if (results.size === 0 || tip === undefined) return undefined;
  const commit = findOperation(repository.git, firstBase, tip, op);
  const result = commit === undefined ? undefined : results.get(commit);
  return result === undefined ? undefined : { kind: "landed", commit, result };
}

async function offer<Result>(
  { repository, reader }: Place,
  offered: Offers<Result>,
  base: Root | undefined,
  draft: Draft & { readonly result: Result },
): Promise<(Landing<Result> & { kind: "landed" }) | undefined> {
  const commit = await writeCommits(repository.git, base?.commit, [draft], repository.ref);
  if (commit === undefined) return undefined;
  if (offered.results.size === 0) offered.firstBase = base?.commit;
  offered.results.set(commit.oid, draft.result);
  const outcome = await repository.push(commit.oid, base?.commit);
  if (outcome.kind === "refused") throw refusedPush(repository.address, outcome.reason);
  if (outcome.kind === "denied") throw denied(repository.address, outcome.reason);
  if (outcome.kind === "unreachable") throw unreachable(repository.address, outcome.reason);
  if (outcome.kind === "unknown") offered.doubt = outcome.reason;
  if (outcome.kind !== "accepted") return undefined;
  reader.remember(base, draft.files, commit.written);
  return { kind: "landed", commit: commit.oid, result: draft.result };
}

/** Attempts until the deadline, with full jitter between them, scaled by how long an attempt takes here. */
async function* attempts({ random }: Place): AsyncGenerator<number> {
  const started = monotonic();
  for (let attempt = 1; monotonic() - started < DEADLINE_MS; attempt++) {
    yield attempt;
    const each = (monotonic() - started) / attempt;
    await sleep(random() * Math.max(20, Math.min(each * 2 ** (attempt - 2), each * 8)));
  }
}

/** Milliseconds on a clock that never jumps. */
function monotonic(): number {
  return Number(hrtime.bigint() / 1_000_000n);
}
