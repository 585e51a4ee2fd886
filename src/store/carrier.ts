import { isPatient } from "../domain/patience.ts";
import { HiveError } from "../hive-error.ts";
import { type Batch, decideAll, filesOf, stepsOf } from "./batch.ts";
import { writeCommits } from "./commit.ts";
import { type Ending, endingIn } from "./ending.ts";
import { denied, refusedPush, unreachable } from "./hub-errors.ts";
import type { Root } from "./listing.ts";
import { monotonic } from "./monotonic.ts";
import type { Entry } from "./outbox.ts";
import type { Place } from "./place.ts";
import { replayed } from "./replay.ts";
import type { Pushed } from "./repository.ts";
import { settle } from "./settle.ts";
import { Sight } from "./sight.ts";

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
  readonly #own: string | undefined;
  readonly #insists: boolean;
  readonly #sight: Sight;
  #ending: Ending | undefined;
  /** Fewer at a time while it has to be found out which of them the hub refuses. */
  #most = Number.POSITIVE_INFINITY;
  #strikes = 0;
  /** Whether pushes take something along beside the branch; `tried` while it is found out whether the hub minds. */
  #beside: "along" | "tried" | "left" = "along";
  readonly #settled = new Set<Entry>();

  /** `own` is the operation its process waits for; one that `insists` tries again what the hub has refused before. */
  constructor(place: Place, own: string | undefined, insists: boolean) {
    this.#place = place;
    this.#own = own;
    this.#insists = insists;
    this.#sight = new Sight(place);
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
        if (this.#ending) served++;
      }
    } catch (error) {
      if (!(error instanceof HiveError)) throw error;
      for (const entry of waiting) this.#settle(entry, this.#sight.withoutAnswer(error));
    }
    this.#place.pace.save();
    return this.#ending;
  }

  async #waiting(): Promise<Entry[]> {
    const isDue = ({ trouble }: Entry) => !trouble || (this.#insists && trouble.by === "hub");
    return (await this.#place.outbox.read()).filter(isDue);
  }

  async #round(waiting: readonly Entry[]): Promise<Next> {
    const base = await this.#sight.base(waiting);
    const todo: Entry[] = [];
    for (const entry of waiting) {
      const commit = await this.#sight.findLanded(entry);
      if (commit === undefined) todo.push(entry);
      else this.#settle(entry, await replayed(this.#place, entry.operation, commit));
    }
    if (todo.length === 0) return "more";
    const batch = await this.#decide(base, todo);
    this.#place.reached("decided");
    if (batch.drafts.length === 0) return this.#conclude(todo, batch);
    if (this.#mayWait(todo, batch)) return this.#keep(todo, batch);
    return this.#offer(base, todo, batch);
  }

  /** Together with what other hosts wait with, in the order of ids: whoever decides the same makes the same commits. */
  #decide(base: Root | undefined, todo: readonly Entry[]): Promise<Batch> {
    const { reader, repository } = this.#place;
    const isWhole = this.#most === Number.POSITIVE_INFINITY;
    const helped = isWhole ? this.#sight.helper.operations : [];
    const operations = [...todo.map(({ operation }) => operation), ...helped]
      .sort((a, b) => (a.op < b.op ? -1 : 1))
      .slice(0, this.#most);
    return decideAll(reader, repository.address, base, operations);
  }

  /** Nothing to write. That counts on a state that is newer than the wish, or where a sign of life is not due yet. */
  async #conclude(todo: readonly Entry[], batch: Batch): Promise<Next> {
    const isCertain = (entry: Entry) =>
      this.#sight.isCurrent(entry) ||
      (isPatient(entry.operation) && endingIn(batch, entry)?.kind === "landed");
    const certain = todo.filter(isCertain);
    for (const entry of certain) this.#settle(entry, endingIn(batch, entry));
    if (certain.length < todo.length) await this.#sight.look();
    return "more";
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
      if (ending?.kind === "landed") this.#settle(entry, { kind: "kept", result: ending.result });
    }
    return "idle";
  }

  async #offer(base: Root | undefined, todo: readonly Entry[], batch: Batch): Promise<Next> {
    const { repository, pace, reader, roots, reached } = this.#place;
    const { git, ref, locks } = repository;
    const chain = await writeCommits(git, base?.commit, batch.drafts, ref, locks);
    if (chain === undefined) return "lost";
    reached("written");
    const beside = ref === undefined && this.#beside === "along" ? this.#sight.helper.updates(todo) : [];
    const started = monotonic();
    const pushed = await repository.push(chain.tip, base?.commit, beside);
    reached("pushed");
    this.#sight.helper.answered(beside, pushed.beside, todo);
    if (pushed.branch.kind !== "accepted") return this.#notAccepted(pushed, todo, beside.length > 0);
    pace.landed(monotonic() - started);
    if (this.#beside === "tried") pace.staysPlain();
    this.#sight.advance(stepsOf(batch, chain), chain.tip);
    reader.remember(base, filesOf(batch), chain.written);
    roots.remember(base, filesOf(batch), chain);
    [this.#most, this.#strikes, this.#beside] = [Number.POSITIVE_INFINITY, 0, "along"];
    reached("answered");
    for (const entry of todo) this.#settle(entry, endingIn(batch, entry, chain.oids));
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
    else this.#beside = "left";
    return "lost";
  }

  /** A rule of the hub's may be against what went beside the branch, against one operation, or against every push. */
  #refused(todo: readonly Entry[], error: HiveError, hasMore: boolean): Next {
    const size = Math.min(todo.length, this.#most);
    if (hasMore) {
      this.#beside = "tried";
      return "more";
    }
    this.#beside = "left";
    if (size > 1 || this.#helps) this.#most = Math.ceil(size / 2);
    else {
      const refused = ++this.#strikes > 1 ? todo : todo.slice(0, 1);
      const { code, message, hint } = error;
      for (const entry of refused)
        this.#settle(entry, this.#sight.withoutAnswer(error), { by: "hub", code, message, hint });
      this.#most = Number.POSITIVE_INFINITY;
    }
    return "more";
  }

  get #helps(): boolean {
    return this.#most === Number.POSITIVE_INFINITY && this.#sight.helper.operations.length > 0;
  }

  #settle(entry: Entry, ending: Ending | undefined, trouble = entry.trouble): void {
    if (ending === undefined || this.#settled.has(entry)) return;
    this.#settled.add(entry);
    const isOwn = entry.operation.op === this.#own;
    if (isOwn) this.#ending = ending;
    settle(this.#place, entry, ending, isOwn, trouble);
  }
}
