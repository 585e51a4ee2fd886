import { setTimeout as sleep } from "node:timers/promises";
import type { Operation } from "../../domain/operation.ts";
import { HiveError } from "../../errors.ts";
import type { Step } from "../git/history.ts";
import { knownRef } from "../git/refs.ts";
import { monotonic } from "../host/monotonic.ts";
import type { Place } from "../hub-store.ts";
import { type Ending, faultOf } from "../outbox/ending.ts";
import type { Entry } from "../outbox/outbox.ts";
import type { Root } from "../reading/listing.ts";
import type { Sight as ScopeOfSight } from "../replica/repository.ts";
import { Helper } from "./helping.ts";
import { Trail } from "./landed-operations.ts";

/** How long a host that is not first in the queue lets the others go, in pushes. */
const PUSHES_A_RANK = 0.5;
const MOST_RANKS = 4;
const MOST_TURNS = 4;

/** How often the hub is asked before it counts as out of reach. */
const MOST_LOOKS = 3;
const LOOK_PAUSE_MS = 100;
/** What takes longer to fail than this has been waited for already. */
const PASSING_MS = 1000;

/** The longest pause after a lost race, in pushes; a moved ref on this disk takes so many milliseconds. */
const LONGEST_PAUSE = 25;
const LOCAL_PAUSE_MS = 4;

/** What the writer knows of the hub's branch, and when it has to look again. */
export class Sight {
  readonly helper: Helper;
  readonly #place: Place;
  #trail: Trail | undefined;
  /** The operations that were seen waiting, and those that were before the branch was last looked at. */
  readonly #seen = new Set<string>();
  #covered: ReadonlySet<string> = new Set();
  #losses = 0;

  constructor(place: Place) {
    this.#place = place;
    this.helper = new Helper(place);
  }

  /** The newest known state; undefined where the branch has no commit yet. Looks first where others may wait. */
  async base(waiting: readonly Entry[]): Promise<Root | undefined> {
    const { repository, roots, pace } = this.#place;
    for (const { operation } of waiting) this.#seen.add(operation.op);
    if (this.#isRemote && this.#covered.size === 0 && pace.asksFirst) await this.look();
    const root = roots.newest();
    this.#trail ??= new Trail(repository.git, root?.commit ?? null);
    this.#trail.follow(root?.commit ?? null);
    this.helper.refresh(this.#trail);
    return root;
  }

  /** Learns the branch from the hub, and what other hosts wait with. Throws HiveError when it cannot be reached. */
  async look(): Promise<void> {
    const { repository, pace } = this.#place;
    const before = knownRef(repository.git, repository.tip);
    await this.#refresh(pace.isPlain ? "branch" : "branch and outboxes");
    this.#covered = new Set(this.#seen);
    const tip = knownRef(repository.git, repository.tip);
    this.#trail ??= new Trail(repository.git, before);
    this.#trail.follow(tip);
    if (this.#isRemote) {
      await this.helper.look(this.#trail);
      pace.looked(tip !== before, this.helper.operations.length > 0);
    }
    this.#place.reached("looked");
  }

  /** One lost answer is no reason to give up. */
  async #refresh(sight: ScopeOfSight): Promise<void> {
    const { repository, random } = this.#place;
    const started = monotonic();
    for (let attempt = 1; ; attempt++)
      try {
        return await repository.refresh(sight);
      } catch (error) {
        const isPassing = error instanceof HiveError && error.code === "unreachable";
        if (!isPassing || attempt === MOST_LOOKS || monotonic() - started > PASSING_MS) throw error;
        await sleep(LOOK_PAUSE_MS * attempt * (0.5 + random()));
      }
  }

  /** Whether what is known is newer than the wish, so that a refusal counts. */
  isCurrent({ operation }: Entry): boolean {
    return !this.#isRemote || this.#covered.has(operation.op);
  }

  /** Whether a refusal of an operation has to be recorded: others can see it, and what is known is newer than the wish. */
  mustBeRecorded(operation: Pick<Operation, "op">): boolean {
    return this.#covered.has(operation.op) && this.helper.isExposed(operation);
  }

  /** How what waits ends when the hub gives no answer: it stays, unless this host has never seen that there is a hub. */
  withoutAnswer(error: HiveError): Ending {
    const { repository, pace } = this.#place;
    return pace.seenAt === 0 && knownRef(repository.git, repository.tip) === null
      ? { kind: "failed", fault: faultOf(error) }
      : { kind: "queued", why: faultOf(error) };
  }

  /** Our own commits have landed. */
  advance(steps: readonly Step[], tip: string): void {
    this.#trail?.add(steps, tip);
    this.#losses = 0;
  }

  /** The commit that carries an operation already. What is missing of the history is fetched: it has to be certain. */
  async findLanded({ operation: { op }, since }: Entry): Promise<string | undefined> {
    const found = this.#trail?.find(op, since);
    if (found !== "unknown") return found;
    await this.#place.repository.deepen();
    const again = this.#trail?.find(op, since);
    return again === "unknown" ? this.#trail?.findAnywhere(op) : again;
  }

  /** After a lost race: where hosts help each other it is enough to let the older ones go; else a pause has to do. */
  async recover(waiting: readonly Entry[]): Promise<void> {
    const { pace } = this.#place;
    this.#losses++;
    if (!this.#isRemote) return this.#pause(LOCAL_PAUSE_MS);
    if (pace.isPlain) await this.#pause(pace.push);
    await this.look();
    for (let turn = 0; turn < MOST_TURNS && (await this.#letOthersGo(waiting)); turn++);
  }

  /** What is published is carried by whoever wins, as long as somebody does. True where it is worth to wait again. */
  async #letOthersGo(waiting: readonly Entry[]): Promise<boolean> {
    const { pace, random, repository } = this.#place;
    const left: Entry[] = [];
    for (const entry of waiting) if ((await this.findLanded(entry)) === undefined) left.push(entry);
    const rank = Math.min(this.helper.rank(left), MOST_RANKS);
    if (rank === 0) return false;
    const before = knownRef(repository.git, repository.tip);
    await sleep(rank * PUSHES_A_RANK * pace.push * (0.5 + random()));
    await this.look();
    return knownRef(repository.git, repository.tip) !== before;
  }

  /** Full jitter, growing with the losses. */
  async #pause(unit: number): Promise<void> {
    await sleep(this.#place.random() * unit * Math.min(2 ** this.#losses, LONGEST_PAUSE));
  }

  get #isRemote(): boolean {
    return this.#place.repository.ref === undefined;
  }
}
