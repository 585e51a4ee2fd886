import { inOrderOf } from "../../domain/values/order.ts";
import { canRideAlong, changesState } from "../../domain/waiting.ts";
import { HiveError } from "../../errors.ts";
import { readBack } from "../git/read-back.ts";
import { type Chain, writeCommits } from "../git/write-commits.ts";
import { hubDamage } from "../health/hub-damage.ts";
import type { HostLock } from "../host/host-lock.ts";
import { monotonic } from "../host/monotonic.ts";
import { denied, hubDamaged, refusedPush, unreachable } from "../hub/errors.ts";
import type { HubStore } from "../hub-store.ts";
import type { Ending } from "../outbox/ending.ts";
import type { OutboxEntry } from "../outbox/outbox.ts";
import { dueEntries, isDropped } from "../outbox/outbox.ts";
import { refuseOtherHub } from "../reading/hub-id.ts";
import { isHub, MISSING, type Root } from "../reading/listing.ts";
import type { Pushed } from "../replica/repository.ts";
import { BranchView } from "./branch-view.ts";
import { type Ahead, ClockGuard } from "./clock-guard.ts";
import { type Batch, dateOf, decideAll, filesOf, landedCommitsOf } from "./decide-batch.ts";
import { RefusalBisector } from "./refusal-bisector.ts";
import { Endings, endingIn, outcomeOf } from "./settle.ts";

/**
 * How many more rounds a writer runs for other sessions after its own operation ended. Then a waiting process takes
 * over.
 */
const MAX_ROUNDS_FOR_OTHERS = 3;

/**
 * After so many pushes in a row without a clear answer, the operations stay queued. A single lost answer is common; a
 * server that answers none, for example because its disk is full, will not answer the next one either.
 */
const MAX_UNANSWERED_PUSHES = 6;

/** What to do after a round: nothing, another round, or a refresh of the branch and another round. */
type Next = "idle" | "more" | "lost";

/**
 * The writer of this host. It decides all waiting operations in order on the newest known state and offers them to
 * the hub with one push, one commit for each operation. When the branch has moved, it fetches the branch, checks
 * which operations have already landed, and decides the others again on the new state. It holds the host's lock
 * meanwhile; when another process has succeeded it, because it was stopped for long, it ends.
 */
export class Writer {
  readonly #store: HubStore;
  readonly #lock: HostLock;
  readonly #retriesRefused: boolean;
  readonly #view: BranchView;
  readonly #bisector = new RefusalBisector();
  readonly #endings: Endings;
  readonly #clockGuard: ClockGuard;
  #unanswered = 0;

  /**
   * `own` is the operation that this process waits for. `retriesRefused` also tries operations that the hub has
   * refused.
   */
  constructor(store: HubStore, lock: HostLock, own: string | undefined, retriesRefused: boolean) {
    this.#store = store;
    this.#lock = lock;
    this.#retriesRefused = retriesRefused;
    this.#view = new BranchView(store);
    this.#endings = new Endings(store, lock, this.#view.helping, own);
    this.#clockGuard = new ClockGuard(store);
  }

  /**
   * Lands operations until none is left or the deadline (of `monotonic`) has passed. Returns the ending of the own
   * operation.
   */
  async landWaiting(deadline: number): Promise<Ending | undefined> {
    this.#store.results.sweep(this.#store.now());
    let waiting: OutboxEntry[] = [];
    try {
      for (let served = 0; monotonic() < deadline && served <= MAX_ROUNDS_FOR_OTHERS; ) {
        if (!this.#lock.isHeld) break;
        waiting = await this.#waiting();
        const next = waiting.length === 0 ? "idle" : await this.#round(waiting);
        if (next === "idle") break;
        if (next === "lost") await this.#view.recover(waiting);
        if (this.#endings.own) served++;
      }
    } catch (error) {
      this.#endAll(waiting, error);
    }
    this.#store.traffic.save();
    return this.#endings.own;
  }

  /** Ends entries that an error stopped. Throws the error again where it is a bug. */
  #endAll(entries: readonly OutboxEntry[], error: unknown): void {
    if (!(error instanceof HiveError)) throw error;
    const cause = hubDamage(this.#store.repository) ?? error;
    for (const entry of entries) this.#endings.settle(entry, this.#view.endingWithoutAnswer(cause));
  }

  /** Nothing is decided on a state of which git lacks a part, and nothing is written beside the rest of it. */
  #throwOnDamage(): void {
    const damage = hubDamage(this.#store.repository);
    if (damage !== undefined) throw damage;
  }

  async #waiting(): Promise<OutboxEntry[]> {
    const isLeft = ({ operation }: OutboxEntry) => !this.#endings.has(operation.op);
    return dueEntries(
      (await this.#store.outbox.read()).filter(isLeft),
      this.#retriesRefused,
      this.#store.now(),
    );
  }

  async #round(waiting: readonly OutboxEntry[]): Promise<Next> {
    const base = await this.#view.base(waiting);
    if (!isHub(base)) this.#throwOnDamage();
    if (base !== undefined) await refuseOtherHub(this.#store, base);
    const entries: OutboxEntry[] = [];
    for (const entry of waiting) {
      const ending = await this.#view.endingOnBranch(entry);
      if (ending === undefined) entries.push(entry);
      else this.#endings.settle(entry, ending);
    }
    if (entries.length === 0) return "more";
    const batch = await this.#decide(base, entries);
    if (batch.findings.some(({ rule }) => rule === MISSING)) this.#throwOnDamage();
    const ahead = await this.#clockGuard.findAhead(entries, base?.at, batch.settings);
    if (ahead.length > 0) return this.#refuseAhead(ahead);
    this.#store.reached("decided");
    if (!this.#isWorthAPush(batch)) return this.#conclude(entries, batch);
    if (this.#mayWait(entries, batch)) return this.#keep(entries, batch);
    return this.#offer(base, entries, batch);
  }

  /**
   * Decides the entries together with the waiting operations of other hosts, in the order of ids. Hosts that decide
   * the same operations therefore make the same commits.
   */
  #decide(base: Root | undefined, entries: readonly OutboxEntry[]): Promise<Batch> {
    const { reader, repository } = this.#store;
    const helped = this.#bisector.offersAll ? this.#view.helping.operations : [];
    const all = [...helped, ...entries.map(({ operation }) => operation)];
    const operations = [...new Map(all.map((each) => [each.op, each])).values()]
      .sort(inOrderOf(({ op }) => op))
      .slice(0, this.#bisector.maxOperations);
    const dropped = opsOf(entries.filter(isDropped).map(({ operation }) => operation));
    const [others, own] = [opsOf(helped), opsOf(entries.map(({ operation }) => operation))];
    return decideAll(reader, repository.address, base, operations, {
      isDropped: ({ op }) => dropped.has(op),
      isVisible: (each) => others.has(each.op) || this.#view.helping.isExposed(each),
      isForeign: ({ op }) => !own.has(op),
    });
  }

  /**
   * Changes are worth a push, and so are refusals of this host's operations that must be recorded. Other hosts record
   * theirs.
   */
  #isWorthAPush({ drafts }: Batch): boolean {
    return drafts.some(
      ({ isRefusal, authors }) => !isRefusal || authors.some((each) => this.#view.mustBeRecorded(each)),
    );
  }

  /** Ends the entries when there is nothing to write. When an ending is not final yet, the hub is read first. */
  async #conclude(entries: readonly OutboxEntry[], batch: Batch): Promise<Next> {
    const final = entries.filter((entry) => this.#isFinal(entry, batch));
    for (const entry of final) this.#endings.settle(entry, endingIn(batch, entry));
    if (final.length < entries.length) await this.#view.refresh();
    return "more";
  }

  /** Ends operations that a clock ahead of the hub's made. An earlier process may have landed one, so the hub is read first. */
  async #refuseAhead(ahead: readonly Ahead[]): Promise<Next> {
    const final = ahead.filter(({ entry }) => this.#view.isCurrent(entry));
    for (const { entry, ending, trouble } of final) this.#endings.settle(entry, ending, trouble);
    if (final.length < ahead.length) await this.#view.refresh();
    return "more";
  }

  /**
   * A change is final once the hub accepts it. Any other outcome needs a state newer than the operation, except
   * that a heartbeat that is not due is final at once.
   */
  #isFinal(entry: OutboxEntry, batch: Batch): boolean {
    const outcome = outcomeOf(batch, entry);
    return (
      outcome?.kind === "change" ||
      this.#view.isCurrent(entry) ||
      (canRideAlong(entry.operation) && outcome?.kind === "nothing")
    );
  }

  /**
   * Heartbeats wait for this host's next push, unless the last push was long ago, or one brings its session back: until
   * then the other sessions would take it for gone.
   */
  #mayWait(entries: readonly OutboxEntry[], { settings, decided }: Batch): boolean {
    const { repository, traffic } = this.#store;
    return (
      !repository.isHub &&
      entries.every(({ operation }) => canRideAlong(operation)) &&
      decided.every(({ outcome }) =>
        outcome.kind === "change" ? !changesState(outcome.files) : outcome.kind === "nothing",
      ) &&
      traffic.hasLandedWithin(settings.heartbeat.window)
    );
  }

  #keep(entries: readonly OutboxEntry[], batch: Batch): Next {
    for (const entry of entries) {
      const ending = endingIn(batch, entry);
      if (ending?.kind === "landed") this.#endings.settle(entry, { kind: "kept", result: ending.result });
    }
    return "idle";
  }

  async #offer(base: Root | undefined, entries: readonly OutboxEntry[], batch: Batch): Promise<Next> {
    const { repository, traffic, reader, roots, reached } = this.#store;
    const chain = writeCommits(repository, base?.commit, batch.drafts);
    if (chain === undefined) return "lost";
    reached("written");
    if (chain.hasLostAlternate) this.#throwOnDamage();
    if (repository.isHub) this.#readBack(base, batch, chain);
    if (!this.#lock.isHeld) return "idle";
    const changes = entries.filter((entry) => outcomeOf(batch, entry)?.kind === "change");
    const includesSideRefs = !repository.isHub && this.#bisector.includesSideRefs;
    const sideRefs = includesSideRefs ? this.#view.helping.updates(changes) : [];
    const started = monotonic();
    const pushed = await repository.push(chain.tip, base?.commit, sideRefs);
    reached("pushed");
    this.#view.helping.answered(sideRefs, pushed, changes);
    if (pushed.branch.kind !== "accepted")
      return this.#notAccepted(
        pushed,
        entries,
        sideRefs.some(({ to }) => to === undefined),
      );
    this.#unanswered = 0;
    traffic.landed(monotonic() - started);
    if (this.#bisector.accepted()) traffic.outboxRefused();
    this.#view.advance(landedCommitsOf(batch, chain), chain.tip);
    const files = filesOf(batch);
    reader.remember(base, files, chain.written);
    roots.remember(base, files, chain, dateOf(batch));
    reached("answered");
    // No other host's commit came between, so the state was the newest for every decision.
    for (const entry of entries) this.#endings.settle(entry, endingIn(batch, entry, chain.oids));
    reached("settled");
    return "more";
  }

  /** Before the branch of a hub on this disk moves: another program's gc may have deleted what was written. */
  #readBack(base: Root | undefined, { drafts }: Batch, chain: Chain): void {
    const { repository } = this.#store;
    const missing = readBack(repository, base?.commit, drafts, chain);
    if (missing !== undefined) throw hubDamaged(repository.address, missing);
  }

  #notAccepted({ branch }: Pushed, entries: readonly OutboxEntry[], hadSideRefs: boolean): Next {
    const { traffic, repository } = this.#store;
    if (branch.kind !== "unknown") this.#unanswered = 0;
    else if (++this.#unanswered === MAX_UNANSWERED_PUSHES)
      throw unreachable(repository.address, branch.reason);
    if (branch.kind === "refused")
      return this.#refused(entries, refusedPush(repository.address, branch.reason), hadSideRefs);
    if (branch.kind === "denied") throw denied(repository.address, branch.reason);
    if (branch.kind === "unreachable" && !hadSideRefs) throw unreachable(repository.address, branch.reason);
    if (branch.kind === "stale") traffic.lost();
    // Some servers fail on a ref that they do not know, so the next push leaves the side refs out.
    else this.#bisector.omitSideRefs();
    return "lost";
  }

  #refused(entries: readonly OutboxEntry[], error: HiveError, hadSideRefs: boolean): Next {
    const hadOthers = this.#bisector.offersAll && this.#view.helping.operations.length > 0;
    const { code, message, hint } = error;
    for (const entry of entries.slice(0, this.#bisector.refused(entries.length, hadSideRefs, hadOthers)))
      this.#endings.settle(entry, this.#view.endingWithoutAnswer(error), { by: "hub", code, message, hint });
    return "more";
  }
}

function opsOf(operations: readonly { readonly op: string }[]): Set<string> {
  return new Set(operations.map(({ op }) => op));
}
