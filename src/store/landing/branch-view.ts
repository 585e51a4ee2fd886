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
import { LandedOperations, type Mention } from "./landed-operations.ts";
import { confirmedEnding } from "./settle.ts";

/** How many push durations a host waits for each host that is before it in the queue. */
const WAIT_PER_RANK_PUSHES = 0.5;
const MAX_RANK = 4;
const MAX_WAITS_FOR_OTHERS = 4;

/** How many times a host tries to read the hub before the hub counts as unreachable. */
const MAX_REFRESH_ATTEMPTS = 3;
const REFRESH_RETRY_PAUSE_MS = 100;
/** A refresh that took longer than this to fail is not retried. */
const MAX_RETRIED_FAILURE_MS = 1000;

/**
 * Limits the pause after a lost race. A remote hub counts it in push durations, an embedded hub in
 * LOCAL_PAUSE_UNIT_MS.
 */
const MAX_PAUSE_UNITS = 25;
const LOCAL_PAUSE_UNIT_MS = 4;

/** The writer's view of the hub's branch. It decides when the branch must be fetched again. */
export class BranchView {
  readonly helping: HostHelping;
  readonly #store: HubStore;
  #landed: LandedOperations | undefined;
  /**
   * The operations that this writer has seen in the outbox, and those of them that it had seen before the last
   * refresh.
   */
  readonly #seen = new Set<string>();
  #seenBeforeRefresh: ReadonlySet<string> = new Set();
  #losses = 0;
  /**
   * A commit that this host knew before it offered any operation to the hub. An operation that was stored before the
   * host knew any commit can have landed only after this one, so a new host need not fetch the history before it.
   */
  #beforeOffers: string | undefined;
  /** The endings of operations that commits of the branch carry, and `<op> <commit>` of false mentions. */
  readonly #confirmed = new Map<string, Ending>();
  readonly #unfounded = new Set<string>();

  constructor(store: HubStore) {
    this.#store = store;
    this.helping = new HostHelping(store);
  }

  /**
   * Returns the newest known root; undefined when the branch has no commit yet. Refreshes first when other hosts may
   * have operations waiting. Throws HiveError when a hub on this disk is away.
   */
  async base(waiting: readonly OutboxEntry[]): Promise<Root | undefined> {
    const { repository, roots, traffic } = this.#store;
    for (const { operation } of waiting) this.#seen.add(operation.op);
    if (!this.#isRemote) await repository.refresh();
    if (this.#isRemote && this.#seenBeforeRefresh.size === 0 && traffic.fetchesFirst) await this.refresh();
    const root = roots.newest();
    const isFirstContact = this.#beforeOffers === undefined && waiting.some(({ since }) => since === null);
    if (isFirstContact && knownRef(repository.git, repository.next) === null)
      this.#beforeOffers = root?.commit;
    this.#landed ??= new LandedOperations(repository.git, root?.commit ?? null);
    this.#landed.follow(root?.commit ?? null);
    this.helping.refresh(this.#landed);
    return root;
  }

  /** Fetches the branch and the outboxes of other hosts. Throws HiveError when the hub cannot be reached. */
  async refresh(): Promise<void> {
    const { repository, traffic } = this.#store;
    const before = knownRef(repository.git, repository.tip);
    await this.#fetchWithRetry(traffic.refusesOutboxes ? "branch" : { ownOutbox: this.helping.ownRef });
    this.#seenBeforeRefresh = new Set(this.#seen);
    const tip = knownRef(repository.git, repository.tip);
    this.#landed ??= new LandedOperations(repository.git, before);
    this.#landed.follow(tip);
    if (this.#isRemote) {
      await this.helping.readOutboxes(this.#landed);
      traffic.fetched(tip !== before, this.helping.operations.length > 0);
    }
    this.#store.reached("looked");
  }

  /** Retries a failed fetch, because a single lost answer does not mean that the hub is unreachable. */
  async #fetchWithRetry(scope: RefreshScope): Promise<void> {
    const { repository, random } = this.#store;
    const started = monotonic();
    for (let attempt = 1; ; attempt++)
      try {
        return await repository.refresh(scope);
      } catch (error) {
        const isTransient = error instanceof HiveError && error.code === "unreachable";
        if (
          !isTransient ||
          attempt === MAX_REFRESH_ATTEMPTS ||
          monotonic() - started > MAX_RETRIED_FAILURE_MS
        )
          throw error;
        await sleep(REFRESH_RETRY_PAUSE_MS * attempt * (0.5 + random()));
      }
  }

  /** Whether the known state is newer than the operation, so that a refusal of it is final. */
  isCurrent({ operation }: OutboxEntry): boolean {
    return !this.#isRemote || this.#seenBeforeRefresh.has(operation.op);
  }

  /**
   * Whether a refusal of an operation must be recorded: other hosts can see the operation, and the known state is
   * newer.
   */
  mustBeRecorded(operation: Pick<Operation, "op">): boolean {
    return this.#seenBeforeRefresh.has(operation.op) && this.helping.isExposed(operation);
  }

  /**
   * The ending of an operation when the hub does not answer: it stays queued, unless this host has never read the hub
   * and never offered it anything, so that nothing can have landed. A hub on this disk that is away is one that it knows.
   */
  endingWithoutAnswer(error: HiveError): Ending {
    const { repository, traffic } = this.#store;
    const { git, tip, next } = repository;
    const isNew = repository.away() === undefined && traffic.seenAt === 0;
    return isNew && [tip, next].every((ref) => knownRef(git, ref) === null)
      ? { kind: "failed", fault: storedErrorOf(error) }
      : { kind: "queued", why: storedErrorOf(error) };
  }

  /** Adds this host's own commits after they landed. */
  advance(steps: readonly LandedCommit[], tip: string): void {
    this.#landed?.add(steps, tip);
    this.#losses = 0;
  }

  /**
   * How an operation ended, when a commit of the branch says so and deciding the operation confirms it. Undefined when
   * there is no such commit.
   */
  async endingOnBranch(entry: OutboxEntry): Promise<Ending | undefined> {
    const { op } = entry.operation;
    const known = this.#confirmed.get(op);
    if (known) return known;
    for (const mention of await this.#mentionsOf(entry)) {
      const name = `${op} ${mention.commit}`;
      if (this.#unfounded.has(name)) continue;
      const ending = await confirmedEnding(this.#store, entry, mention, this.#tip);
      if (ending) this.#confirmed.set(op, ending);
      else this.#unfounded.add(name);
      if (ending) return ending;
    }
    return undefined;
  }

  /** The commits that name an operation. Missing history is fetched, because the answer must be certain. */
  async #mentionsOf({ operation: { op }, ...entry }: OutboxEntry): Promise<readonly Mention[]> {
    const since = entry.since ?? this.#beforeOffers ?? null;
    const found = this.#landed?.find(op, since) ?? [];
    if (found !== "unknown") return found;
    await this.#store.repository.deepen();
    const again = this.#landed?.find(op, since) ?? [];
    return again === "unknown" ? (this.#landed?.findAnywhere(op) ?? []) : again;
  }

  /**
   * Recovers from a lost race. Hosts that help each other wait only for older operations of other hosts; otherwise
   * the host pauses.
   */
  async recover(waiting: readonly OutboxEntry[]): Promise<void> {
    const { traffic } = this.#store;
    this.#losses++;
    if (!this.#isRemote) return this.#pause(LOCAL_PAUSE_UNIT_MS);
    if (traffic.refusesOutboxes) await this.#pause(traffic.push);
    await this.refresh();
    for (let waits = 0; waits < MAX_WAITS_FOR_OTHERS && (await this.#waitForOlderHosts(waiting)); waits++);
  }

  /**
   * Waits for hosts with older operations, because the host that wins the branch also lands this host's published
   * operations. Returns true when the branch moved, so waiting again is useful.
   */
  async #waitForOlderHosts(waiting: readonly OutboxEntry[]): Promise<boolean> {
    const { traffic, random, repository } = this.#store;
    const left: OutboxEntry[] = [];
    for (const entry of waiting) if ((await this.endingOnBranch(entry)) === undefined) left.push(entry);
    const rank = Math.min(this.helping.rank(left), MAX_RANK);
    if (rank === 0) return false;
    const before = knownRef(repository.git, repository.tip);
    await sleep(rank * WAIT_PER_RANK_PUSHES * traffic.push * (0.5 + random()));
    await this.refresh();
    return knownRef(repository.git, repository.tip) !== before;
  }

  /** Pauses with full jitter; the maximum doubles with each lost race. */
  async #pause(unit: number): Promise<void> {
    await sleep(this.#store.random() * unit * Math.min(2 ** this.#losses, MAX_PAUSE_UNITS));
  }

  /** The newest known commit of the branch. */
  get #tip(): string | null {
    const { repository } = this.#store;
    return knownRef(repository.git, repository.tip);
  }

  get #isRemote(): boolean {
    return !this.#store.repository.isHub;
  }
}
