import { DROPPED } from "../../domain/refusal.ts";
import { isPatient } from "../../domain/waiting.ts";
import { HiveError } from "../../errors.ts";
import { writeCommits } from "../git/write-commits.ts";
import { monotonic } from "../host/monotonic.ts";
import { denied, refusedPush, unreachable } from "../hub/errors.ts";
import type { Place } from "../hub-store.ts";
import type { Ending } from "../outbox/ending.ts";
import type { Entry } from "../outbox/outbox.ts";
import { dueEntries } from "../outbox/outbox.ts";
import type { Root } from "../reading/listing.ts";
import type { Pushed } from "../replica/repository.ts";
import { Sight } from "./branch-view.ts";
import { type Batch, decideAll, filesOf, stepsOf } from "./decide-batch.ts";
import { Culprit } from "./refusal-bisector.ts";
import { replayed } from "./replay.ts";
import { Endings, endingIn, outcomeOf } from "./settle.ts";

/** A writer whose own operation has ended serves others this often more; then one of those who wait takes over. */
const ROUNDS_FOR_OTHERS = 3;

/** What a round leaves to do: nothing, another round, or one after the branch was looked at again. */
type Next = "idle" | "more" | "lost";

/**
 * The writer of this host: takes all that waits, decides it in order on the newest state known, and offers it to the
 * hub with one push, a commit an operation. When the branch has moved it learns it, looks which operations are in it
 * already, and decides the others again on the new state. It holds the host's lock meanwhile.
 */
export class Carrier {
  readonly #place: Place;
  readonly #insists: boolean;
  readonly #sight: Sight;
  readonly #culprit = new Culprit();
  readonly #endings: Endings;

  /** `own` is the operation its process waits for; one that `insists` tries again what the hub has refused before. */
  constructor(place: Place, own: string | undefined, insists: boolean) {
    this.#place = place;
    this.#insists = insists;
    this.#sight = new Sight(place);
    this.#endings = new Endings(place, this.#sight.helper, own);
  }

  /** Carries until nothing is left to do or the deadline (of `monotonic`) has passed; how the own operation ended. */
  async carry(deadline: number): Promise<Ending | undefined> {
    this.#place.results.sweep();
    let waiting: Entry[] = [];
    try {
      for (let served = 0; monotonic() < deadline && served <= ROUNDS_FOR_OTHERS; ) {
        waiting = await this.#waiting();
        const next = waiting.length === 0 ? "idle" : await this.#round(waiting);
        if (next === "idle") break;
        if (next === "lost") await this.#sight.recover(waiting);
        if (this.#endings.own) served++;
      }
    } catch (error) {
      if (!(error instanceof HiveError)) throw error;
      for (const entry of waiting) this.#endings.settle(entry, this.#sight.withoutAnswer(error));
    }
    this.#place.pace.save();
    return this.#endings.own;
  }

  async #waiting(): Promise<Entry[]> {
    const isLeft = ({ operation }: Entry) => !this.#endings.has(operation.op);
    return dueEntries((await this.#place.outbox.read()).filter(isLeft), this.#insists);
  }

  async #round(waiting: readonly Entry[]): Promise<Next> {
    const base = await this.#sight.base(waiting);
    const todo: Entry[] = [];
    for (const entry of waiting) {
      const commit = await this.#sight.findLanded(entry);
      if (commit === undefined) todo.push(entry);
      else this.#endings.settle(entry, await replayed(this.#place, entry.operation, commit));
    }
    if (todo.length === 0) return "more";
    const batch = await this.#decide(base, todo);
    this.#place.reached("decided");
    if (!this.#isWorthAPush(batch)) return this.#conclude(todo, batch);
    if (this.#mayWait(todo, batch)) return this.#keep(todo, batch);
    return this.#offer(base, todo, batch);
  }

  /** Together with what other hosts wait with, in the order of ids: whoever decides the same makes the same commits. */
  #decide(base: Root | undefined, todo: readonly Entry[]): Promise<Batch> {
    const { reader, repository } = this.#place;
    const helped = this.#culprit.isUnsuspicious ? this.#sight.helper.operations : [];
    const wishes = [...helped, ...todo.map(({ operation }) => operation)];
    const operations = [...new Map(wishes.map((each) => [each.op, each])).values()]
      .sort((a, b) => (a.op < b.op ? -1 : 1))
      .slice(0, this.#culprit.most);
    const dropped = opsOf(
      todo.filter(({ trouble }) => trouble?.code === DROPPED.code).map(({ operation }) => operation),
    );
    const others = opsOf(helped);
    return decideAll(reader, repository.address, base, operations, {
      isDropped: ({ op }) => dropped.has(op),
      isVisible: (each) => others.has(each.op) || this.#sight.helper.isExposed(each),
    });
  }

  /** Changes are, and refusals of this host's own that have to be recorded; other hosts see to theirs. */
  #isWorthAPush({ drafts }: Batch): boolean {
    return drafts.some(
      ({ isRefusal, wishers }) => !isRefusal || wishers.some((each) => this.#sight.mustBeRecorded(each)),
    );
  }

  /** Nothing to write; where that is not certain yet, the hub is looked at first. */
  async #conclude(todo: readonly Entry[], batch: Batch): Promise<Next> {
    const certain = todo.filter((entry) => this.#isCertain(entry, batch));
    for (const entry of certain) this.#endings.settle(entry, endingIn(batch, entry));
    if (certain.length < todo.length) await this.#sight.look();
    return "more";
  }

  /** A change is certain once it is taken. All else counts on a state newer than the wish, or for a sign of life not due. */
  #isCertain(entry: Entry, batch: Batch): boolean {
    const outcome = outcomeOf(batch, entry);
    return (
      outcome?.kind === "change" ||
      this.#sight.isCurrent(entry) ||
      (isPatient(entry.operation) && outcome?.kind === "nothing")
    );
  }

  /** Signs of life wait for this host's next push, unless the last one is long ago. */
  #mayWait(todo: readonly Entry[], { settings, decided }: Batch): boolean {
    const { repository, pace } = this.#place;
    return (
      repository.ref === undefined &&
      todo.every(({ operation }) => isPatient(operation)) &&
      decided.every(({ outcome: { kind } }) => kind === "change" || kind === "nothing") &&
      pace.hasLandedWithin(settings.heartbeat.window)
    );
  }

  #keep(todo: readonly Entry[], batch: Batch): Next {
    for (const entry of todo) {
      const ending = endingIn(batch, entry);
      if (ending?.kind === "landed") this.#endings.settle(entry, { kind: "kept", result: ending.result });
    }
    return "idle";
  }

  async #offer(base: Root | undefined, todo: readonly Entry[], batch: Batch): Promise<Next> {
    const { repository, pace, reader, roots, reached } = this.#place;
    const { git, ref, locks } = repository;
    const chain = await writeCommits(git, base?.commit, batch.drafts, ref, locks);
    if (chain === undefined) return "lost";
    reached("written");
    const changes = todo.filter((entry) => outcomeOf(batch, entry)?.kind === "change");
    const goesAlong = ref === undefined && this.#culprit.takesBesideAlong;
    const beside = goesAlong ? this.#sight.helper.updates(changes) : [];
    const started = monotonic();
    const pushed = await repository.push(chain.tip, base?.commit, beside);
    reached("pushed");
    this.#sight.helper.answered(beside, pushed, changes);
    if (pushed.branch.kind !== "accepted")
      return this.#notAccepted(
        pushed,
        todo,
        beside.some(({ to }) => to === undefined),
      );
    pace.landed(monotonic() - started);
    if (this.#culprit.clear()) pace.staysPlain();
    this.#sight.advance(stepsOf(batch, chain), chain.tip);
    const files = filesOf(batch);
    reader.remember(base, files, chain.written);
    roots.remember(base, files, chain);
    reached("answered");
    // Nobody came between, so that the state was the newest for all that was decided on it.
    for (const entry of todo) this.#endings.settle(entry, endingIn(batch, entry, chain.oids));
    reached("settled");
    return "more";
  }

  #notAccepted({ branch }: Pushed, todo: readonly Entry[], hasMore: boolean): Next {
    const { pace, repository } = this.#place;
    if (branch.kind === "refused")
      return this.#refused(todo, refusedPush(repository.address, branch.reason), hasMore);
    if (branch.kind === "denied") throw denied(repository.address, branch.reason);
    if (branch.kind === "unreachable" && !hasMore) throw unreachable(repository.address, branch.reason);
    if (branch.kind === "stale") pace.lost();
    // There are servers that break down on a ref they do not know: the next push goes without.
    else this.#culprit.leaveBeside();
    return "lost";
  }

  #refused(todo: readonly Entry[], error: HiveError, hadBeside: boolean): Next {
    const hadOthers = this.#culprit.isUnsuspicious && this.#sight.helper.operations.length > 0;
    const { code, message, hint } = error;
    for (const entry of todo.slice(0, this.#culprit.refused(todo.length, hadBeside, hadOthers)))
      this.#endings.settle(entry, this.#sight.withoutAnswer(error), { by: "hub", code, message, hint });
    return "more";
  }
}

function opsOf(operations: readonly { readonly op: string }[]): Set<string> {
  return new Set(operations.map(({ op }) => op));
}
