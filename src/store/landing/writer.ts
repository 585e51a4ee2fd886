import { DROPPED } from "../../domain/refusal.ts";
import { inOrderOf } from "../../domain/values/order.ts";
import { canRideAlong } from "../../domain/waiting.ts";
import { HiveError } from "../../errors.ts";
import { writeCommits } from "../git/write-commits.ts";
import { monotonic } from "../host/monotonic.ts";
import { denied, refusedPush, unreachable } from "../hub/errors.ts";
import type { HubStore } from "../hub-store.ts";
import type { Ending } from "../outbox/ending.ts";
import type { OutboxEntry } from "../outbox/outbox.ts";
import { dueEntries } from "../outbox/outbox.ts";
import type { Root } from "../reading/listing.ts";
import type { Pushed } from "../replica/repository.ts";
import { BranchView } from "./branch-view.ts";
import { type Batch, decideAll, filesOf, landedCommitsOf } from "./decide-batch.ts";
import { RefusalBisector } from "./refusal-bisector.ts";
import { Endings, endingIn, outcomeOf, replayed } from "./settle.ts";

/** A writer whose own operation has ended serves others this often more; then one of those who wait takes over. */
const ROUNDS_FOR_OTHERS = 3;

/** What a round leaves to do: nothing, another round, or one after the branch was looked at again. */
type Next = "idle" | "more" | "lost";

/**
 * The writer of this host: takes all that waits, decides it in order on the newest state known, and offers it to the
 * hub with one push, a commit an operation. When the branch has moved it learns it, looks which operations are in it
 * already, and decides the others again on the new state. It holds the host's lock meanwhile.
 */
export class Writer {
  readonly #store: HubStore;
  readonly #insists: boolean;
  readonly #view: BranchView;
  readonly #bisector = new RefusalBisector();
  readonly #endings: Endings;

  /** `own` is the operation its process waits for; one that `insists` tries again what the hub has refused before. */
  constructor(store: HubStore, own: string | undefined, insists: boolean) {
    this.#store = store;
    this.#insists = insists;
    this.#view = new BranchView(store);
    this.#endings = new Endings(store, this.#view.helping, own);
  }

  /** Carries until nothing is left to do or the deadline (of `monotonic`) has passed; how the own operation ended. */
  async carry(deadline: number): Promise<Ending | undefined> {
    this.#store.results.sweep();
    let waiting: OutboxEntry[] = [];
    try {
      for (let served = 0; monotonic() < deadline && served <= ROUNDS_FOR_OTHERS; ) {
        waiting = await this.#waiting();
        const next = waiting.length === 0 ? "idle" : await this.#round(waiting);
        if (next === "idle") break;
        if (next === "lost") await this.#view.recover(waiting);
        if (this.#endings.own) served++;
      }
    } catch (error) {
      if (!(error instanceof HiveError)) throw error;
      for (const entry of waiting) this.#endings.settle(entry, this.#view.withoutAnswer(error));
    }
    this.#store.traffic.save();
    return this.#endings.own;
  }

  async #waiting(): Promise<OutboxEntry[]> {
    const isLeft = ({ operation }: OutboxEntry) => !this.#endings.has(operation.op);
    return dueEntries((await this.#store.outbox.read()).filter(isLeft), this.#insists);
  }

  async #round(waiting: readonly OutboxEntry[]): Promise<Next> {
    const base = await this.#view.base(waiting);
    const todo: OutboxEntry[] = [];
    for (const entry of waiting) {
      const commit = await this.#view.findLanded(entry);
      if (commit === undefined) todo.push(entry);
      else this.#endings.settle(entry, await replayed(this.#store, entry.operation, commit));
    }
    if (todo.length === 0) return "more";
    const batch = await this.#decide(base, todo);
    this.#store.reached("decided");
    if (!this.#isWorthAPush(batch)) return this.#conclude(todo, batch);
    if (this.#mayWait(todo, batch)) return this.#keep(todo, batch);
    return this.#offer(base, todo, batch);
  }

  /** Together with what other hosts wait with, in the order of ids: whoever decides the same makes the same commits. */
  #decide(base: Root | undefined, todo: readonly OutboxEntry[]): Promise<Batch> {
    const { reader, repository } = this.#store;
    const helped = this.#bisector.isUnsuspicious ? this.#view.helping.operations : [];
    const all = [...helped, ...todo.map(({ operation }) => operation)];
    const operations = [...new Map(all.map((each) => [each.op, each])).values()]
      .sort(inOrderOf(({ op }) => op))
      .slice(0, this.#bisector.most);
    const dropped = opsOf(
      todo.filter(({ trouble }) => trouble?.code === DROPPED.code).map(({ operation }) => operation),
    );
    const others = opsOf(helped);
    return decideAll(reader, repository.address, base, operations, {
      isDropped: ({ op }) => dropped.has(op),
      isVisible: (each) => others.has(each.op) || this.#view.helping.isExposed(each),
    });
  }

  /** Changes are, and refusals of this host's own that have to be recorded; other hosts see to theirs. */
  #isWorthAPush({ drafts }: Batch): boolean {
    return drafts.some(
      ({ isRefusal, authors }) => !isRefusal || authors.some((each) => this.#view.mustBeRecorded(each)),
    );
  }

  /** Nothing to write; where that is not certain yet, the hub is looked at first. */
  async #conclude(todo: readonly OutboxEntry[], batch: Batch): Promise<Next> {
    const certain = todo.filter((entry) => this.#isCertain(entry, batch));
    for (const entry of certain) this.#endings.settle(entry, endingIn(batch, entry));
    if (certain.length < todo.length) await this.#view.look();
    return "more";
  }

  /** A change is certain once it is taken. All else counts on a state newer than the wish, or for a sign of life not due. */
  #isCertain(entry: OutboxEntry, batch: Batch): boolean {
    const outcome = outcomeOf(batch, entry);
    return (
      outcome?.kind === "change" ||
      this.#view.isCurrent(entry) ||
      (canRideAlong(entry.operation) && outcome?.kind === "nothing")
    );
  }

  /** Signs of life wait for this host's next push, unless the last one is long ago. */
  #mayWait(todo: readonly OutboxEntry[], { settings, decided }: Batch): boolean {
    const { repository, traffic } = this.#store;
    return (
      repository.ref === undefined &&
      todo.every(({ operation }) => canRideAlong(operation)) &&
      decided.every(({ outcome: { kind } }) => kind === "change" || kind === "nothing") &&
      traffic.hasLandedWithin(settings.heartbeat.window)
    );
  }

  #keep(todo: readonly OutboxEntry[], batch: Batch): Next {
    for (const entry of todo) {
      const ending = endingIn(batch, entry);
      if (ending?.kind === "landed") this.#endings.settle(entry, { kind: "kept", result: ending.result });
    }
    return "idle";
  }

  async #offer(base: Root | undefined, todo: readonly OutboxEntry[], batch: Batch): Promise<Next> {
    const { repository, traffic, reader, roots, reached } = this.#store;
    const { git, ref, locks } = repository;
    const chain = await writeCommits(git, base?.commit, batch.drafts, ref, locks);
    if (chain === undefined) return "lost";
    reached("written");
    const changes = todo.filter((entry) => outcomeOf(batch, entry)?.kind === "change");
    const goesAlong = ref === undefined && this.#bisector.takesBesideAlong;
    const beside = goesAlong ? this.#view.helping.updates(changes) : [];
    const started = monotonic();
    const pushed = await repository.push(chain.tip, base?.commit, beside);
    reached("pushed");
    this.#view.helping.answered(beside, pushed, changes);
    if (pushed.branch.kind !== "accepted")
      return this.#notAccepted(
        pushed,
        todo,
        beside.some(({ to }) => to === undefined),
      );
    traffic.landed(monotonic() - started);
    if (this.#bisector.clear()) traffic.staysPlain();
    this.#view.advance(landedCommitsOf(batch, chain), chain.tip);
    const files = filesOf(batch);
    reader.remember(base, files, chain.written);
    roots.remember(base, files, chain);
    reached("answered");
    // Nobody came between, so that the state was the newest for all that was decided on it.
    for (const entry of todo) this.#endings.settle(entry, endingIn(batch, entry, chain.oids));
    reached("settled");
    return "more";
  }

  #notAccepted({ branch }: Pushed, todo: readonly OutboxEntry[], hasMore: boolean): Next {
    const { traffic, repository } = this.#store;
    if (branch.kind === "refused")
      return this.#refused(todo, refusedPush(repository.address, branch.reason), hasMore);
    if (branch.kind === "denied") throw denied(repository.address, branch.reason);
    if (branch.kind === "unreachable" && !hasMore) throw unreachable(repository.address, branch.reason);
    if (branch.kind === "stale") traffic.lost();
    // There are servers that break down on a ref they do not know: the next push goes without.
    else this.#bisector.leaveBeside();
    return "lost";
  }

  #refused(todo: readonly OutboxEntry[], error: HiveError, hadBeside: boolean): Next {
    const hadOthers = this.#bisector.isUnsuspicious && this.#view.helping.operations.length > 0;
    const { code, message, hint } = error;
    for (const entry of todo.slice(0, this.#bisector.refused(todo.length, hadBeside, hadOthers)))
      this.#endings.settle(entry, this.#view.withoutAnswer(error), { by: "hub", code, message, hint });
    return "more";
  }
}

function opsOf(operations: readonly { readonly op: string }[]): Set<string> {
  return new Set(operations.map(({ op }) => op));
}
