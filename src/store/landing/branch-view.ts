import { setTimeout as sleep } from "node:timers/promises";
import type { Operation } from "../../domain/operation.ts";
import { HiveError } from "../../errors.ts";
import type { LandedCommit } from "../git/history.ts";
import { knownRef } from "../git/refs.ts";
import { monotonic } from "../host/monotonic.ts";
import type { HubStore } from "../hub-store.ts";
import { type Ending, storedErrorOf } from "../outbox/ending.ts";
import type { OutboxEntry } from "../outbox/outbox.ts";
import type { Root } from "../reading/listing.ts";
import type { RefreshScope } from "../replica/repository.ts";
import { HostHelping } from "./helping.ts";
import { LandedOperations } from "./landed-operations.ts";

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
export class BranchView {
  readonly helping: HostHelping;
  readonly #store: HubStore;
  #landed: LandedOperations | undefined;
  /** The operations that were seen waiting, and those that were before the branch was last looked at. */
  readonly #seen = new Set<string>();
  #covered: ReadonlySet<string> = new Set();
  #losses = 0;

  constructor(store: HubStore) {
    this.#store = store;
    this.helping = new HostHelping(store);
  }

  /** The newest known state; undefined where the branch has no commit yet. Looks first where others may wait. */
  async base(waiting: readonly OutboxEntry[]): Promise<Root | undefined> {
    const { repository, roots, traffic } = this.#store;
    for (const { operation } of waiting) this.#seen.add(operation.op);
    if (this.#isRemote && this.#covered.size === 0 && traffic.asksFirst) await this.look();
    const root = roots.newest();
    this.#landed ??= new LandedOperations(repository.git, root?.commit ?? null);
    this.#landed.follow(root?.commit ?? null);
    this.helping.refresh(this.#landed);
    return root;
  }

  /** Learns the branch from the hub, and what other hosts wait with. Throws HiveError when it cannot be reached. */
  async look(): Promise<void> {
    const { repository, traffic } = this.#store;
    const before = knownRef(repository.git, repository.tip);
    await this.#refresh(traffic.isPlain ? "branch" : "branch and outboxes");
    this.#covered = new Set(this.#seen);
    const tip = knownRef(repository.git, repository.tip);
    this.#landed ??= new LandedOperations(repository.git, before);
    this.#landed.follow(tip);
    if (this.#isRemote) {
      await this.helping.look(this.#landed);
      traffic.looked(tip !== before, this.helping.operations.length > 0);
    }
    this.#store.reached("looked");
  }

  /** One lost answer is no reason to give up. */
  async #refresh(scope: RefreshScope): Promise<void> {
    const { repository, random } = this.#store;
    const started = monotonic();
    for (let attempt = 1; ; attempt++)
      try {
        return await repository.refresh(scope);
      } catch (error) {
        const isPassing = error instanceof HiveError && error.code === "unreachable";
        if (!isPassing || attempt === MOST_LOOKS || monotonic() - started > PASSING_MS) throw error;
        await sleep(LOOK_PAUSE_MS * attempt * (0.5 + random()));
      }
  }

  /** Whether what is known is newer than the wish, so that a refusal counts. */
  isCurrent({ operation }: OutboxEntry): boolean {
    return !this.#isRemote || this.#covered.has(operation.op);
  }

  /** Whether a refusal of an operation has to be recorded: others can see it, and what is known is newer than the wish. */
  mustBeRecorded(operation: Pick<Operation, "op">): boolean {
    return this.#covered.has(operation.op) && this.helping.isExposed(operation);
  }

  /** How what waits ends when the hub gives no answer: it stays, unless this host has never seen that there is a hub. */
  withoutAnswer(error: HiveError): Ending {
    const { repository, traffic } = this.#store;
    return traffic.seenAt === 0 && knownRef(repository.git, repository.tip) === null
      ? { kind: "failed", fault: storedErrorOf(error) }
      : { kind: "queued", why: storedErrorOf(error) };
  }

  /** Our own commits have landed. */
  advance(steps: readonly LandedCommit[], tip: string): void {
    this.#landed?.add(steps, tip);
    this.#losses = 0;
  }

  /** The commit that carries an operation already. What is missing of the history is fetched: it has to be certain. */
  async findLanded({ operation: { op }, since }: OutboxEntry): Promise<string | undefined> {
    const found = this.#landed?.find(op, since);
    if (found !== "unknown") return found;
    await this.#store.repository.deepen();
    const again = this.#landed?.find(op, since);
    return again === "unknown" ? this.#landed?.findAnywhere(op) : again;
  }

  /** After a lost race: where hosts help each other it is enough to let the older ones go; else a pause has to do. */
  async recover(waiting: readonly OutboxEntry[]): Promise<void> {
    const { traffic } = this.#store;
    this.#losses++;
    if (!this.#isRemote) return this.#pause(LOCAL_PAUSE_MS);
    if (traffic.isPlain) await this.#pause(traffic.push);
    await this.look();
    for (let turn = 0; turn < MOST_TURNS && (await this.#letOthersGo(waiting)); turn++);
  }

  /** What is published is carried by whoever wins, as long as somebody does. True where it is worth to wait again. */
  async #letOthersGo(waiting: readonly OutboxEntry[]): Promise<boolean> {
    const { traffic, random, repository } = this.#store;
    const left: OutboxEntry[] = [];
    for (const entry of waiting) if ((await this.findLanded(entry)) === undefined) left.push(entry);
    const rank = Math.min(this.helping.rank(left), MOST_RANKS);
    if (rank === 0) return false;
    const before = knownRef(repository.git, repository.tip);
    await sleep(rank * PUSHES_A_RANK * traffic.push * (0.5 + random()));
    await this.look();
    return knownRef(repository.git, repository.tip) !== before;
  }

  /** Full jitter, growing with the losses. */
  async #pause(unit: number): Promise<void> {
    await sleep(this.#store.random() * unit * Math.min(2 ** this.#losses, LONGEST_PAUSE));
  }

  get #isRemote(): boolean {
    return this.#store.repository.ref === undefined;
  }
}
