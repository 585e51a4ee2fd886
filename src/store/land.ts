import { hrtime } from "node:process";
import { setTimeout as sleep } from "node:timers/promises";
import { ALWAYS_READ, decide } from "../domain/decide.ts";
import type { Decision } from "../domain/decision.ts";
import { FORMAT } from "../domain/default-settings.ts";
import type { Finding } from "../domain/finding.ts";
import type { Operation, OperationRule } from "../domain/operation.ts";
import type { Refusal } from "../domain/refusals.ts";
import type { Settings } from "../domain/settings.ts";
import type { Part } from "../domain/snapshot.ts";
import { HiveError } from "../hive-error.ts";
import { type Draft, writeCommits } from "./commit.ts";
import { findOperation } from "./history.ts";
import { denied, notAHub, refusedPush, unconfirmed, unreachable } from "./hub-errors.ts";
import { isHub, type Root, readRoot } from "./listing.ts";
import type { ObjectReader } from "./objects.ts";
import type { PushOutcome } from "./push-outcome.ts";
import type { Repository } from "./repository.ts";
import type { SnapshotReader } from "./snapshot-reader.ts";

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
 * this call. Throws HiveError when the hub refuses the push, does not let us in or does not answer.
 */
export async function land<Input, Needed extends Part, Result>(
  place: Place,
  rule: OperationRule<Input, Needed, Result>,
  operation: Operation,
): Promise<Landed<Result>> {
  const offered: Offers<Result> = { results: new Map(), firstBase: undefined };
  let doubt: PushOutcome | undefined;
  for await (const attempt of attempts(place)) {
    // Only after the pause between attempts: what was learned before it would be old again.
    if (attempt > 1) await learn(place.repository, doubt);
    const base = readRoot(place.objects, place.repository.tip);
    const isFresh = attempt > 1 || place.repository.ref !== undefined;
    if (rule.kind !== "init" && !checkHub(place, base, isFresh)) continue;
    const { state, findings } = await place.reader.read(base, [...rule.reads, ...ALWAYS_READ]);
    const before = await findLanded(place, offered, base?.commit, operation);
    if (before) return { ...before, findings };
    checkFormat(state.settings);
    const decision = decide(rule, state, operation);
    const step =
      decision.kind === "change"
        ? await offer(place, offered, base, { ...decision, wisher: operation, kind: rule.kind })
        : { landing: conclude(decision, isFresh), doubt: undefined };
    if (step.landing) return { ...step.landing, findings };
    doubt = step.doubt;
  }
  throw new HiveError(
    "contended",
    "The hub's branch kept moving for a minute.",
    "Nothing was written. Try again.",
  );
}

/** Whether the known state is a hub's; when it is not, on a state learned just now, throws. */
function checkHub({ repository }: Place, base: Root | undefined, isFresh: boolean): boolean {
  if (!isHub(base) && isFresh) throw notAHub(repository.address);
  return isHub(base);
}

/** What this call has offered so far: the results by commit, and the state the first one was built on. */
interface Offers<Result> {
  readonly results: Map<string, Result>;
  firstBase: string | undefined;
}

/** The commit of ours that is on the branch although its push did not say so. */
async function findLanded<Result>(
  { repository }: Place,
  { results, firstBase }: Offers<Result>,
  tip: string | undefined,
  { op }: Operation,
): Promise<(Landing<Result> & { kind: "landed" }) | undefined> {
  if (results.size === 0 || tip === undefined) return undefined;
  const commit = findOperation(repository.git, firstBase, tip, op);
  const result = commit === undefined ? undefined : results.get(commit);
  return result === undefined ? undefined : { kind: "landed", commit, result };
}

/** What a decision without a commit comes to; a refusal on an old state is none yet. */
function conclude<Result>(
  decision: Exclude<Decision<Result>, { kind: "change" }>,
  isFresh: boolean,
): Landing<Result> | undefined {
  if (decision.kind === "nothing") return { kind: "landed", commit: undefined, result: decision.result };
  return isFresh ? decision : undefined;
}

async function offer<Result>(
  { repository, reader }: Place,
  offered: Offers<Result>,
  base: Root | undefined,
  draft: Draft & { readonly result: Result },
): Promise<{ landing: Landing<Result> | undefined; doubt: PushOutcome | undefined }> {
  const commit = await writeCommits(repository.git, base?.commit, [draft], repository.ref);
  if (commit === undefined) return { landing: undefined, doubt: undefined };
  if (offered.results.size === 0) offered.firstBase = base?.commit;
  offered.results.set(commit.oid, draft.result);
  const outcome = await repository.push(commit.oid);
  if (outcome.kind === "refused") throw refusedPush(repository.address, outcome.reason);
  if (outcome.kind === "denied") throw denied(repository.address, outcome.reason);
  if (outcome.kind === "unreachable") throw unreachable(repository.address, outcome.reason);
  if (outcome.kind !== "accepted") return { landing: undefined, doubt: outcome };
  reader.remember(base, draft.files, commit.written);
  return { landing: { kind: "landed", commit: commit.oid, result: draft.result }, doubt: undefined };
}

/** Learns the branch. Where a push left a doubt and the hub does not answer now either, says that it is unknown. */
async function learn(repository: Repository, doubt: PushOutcome | undefined): Promise<void> {
  try {
    await repository.refresh();
  } catch (error) {
    if (doubt?.kind !== "unknown") throw error;
    throw unconfirmed(repository.address, doubt.reason, error);
  }
}

function checkFormat({ format }: Settings): void {
  if (format > FORMAT)
    throw new HiveError(
      "newer_format",
      `The hub has format ${format}; this git-hive writes format ${FORMAT}.`,
      "Reading works. To write: npm install --global git-hive@latest",
    );
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
