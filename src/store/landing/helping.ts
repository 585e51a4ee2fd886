import type { Operation } from "../../domain/operation.ts";
import type { WaitingOperation } from "../../domain/stored-operation.ts";
import { carriable } from "../../domain/waiting.ts";
import type { HubStore } from "../hub-store.ts";
import type { OutboxEntry } from "../outbox/outbox.ts";
import type { Pushed, RefUpdate } from "../replica/repository.ts";
import {
  type HostOutbox,
  isOutdated,
  outboxRef,
  publishable,
  readOutboxes,
  writeOutbox,
} from "./host-outboxes.ts";
import type { LandedOperations } from "./landed-operations.ts";

/** How many outdated outboxes one push may delete. */
const MAX_DELETED_PER_PUSH = 3;

/**
 * Makes hosts help each other. When several hosts write at once, each publishes its outbox on the hub, and the host
 * that wins the branch lands the operations of the others too. So no host starves, however slow its connection to the
 * hub is.
 */
export class HostHelping {
  readonly #store: HubStore;
  readonly #host: string;
  #mine: HostOutbox | undefined;
  #others: readonly HostOutbox[] = [];
  /** The operations of each other host that have not landed. */
  #waiting: readonly (readonly Operation[])[] = [];
  /** Outboxes whose operations have all ended, or that are outdated. */
  #done: readonly HostOutbox[] = [];

  constructor(store: HubStore) {
    this.#store = store;
    this.#host = store.host.id(store.random);
  }

  /** Reads the outboxes that the last fetch brought. */
  async readOutboxes(landed: LandedOperations): Promise<void> {
    const outboxes = await readOutboxes(this.#store.repository.git);
    this.#mine = outboxes.find(({ host }) => host === this.#host);
    this.#others = outboxes.filter((outbox) => outbox !== this.#mine);
    this.refresh(landed);
  }

  /**
   * Leaves out operations that have landed since. Operations that this repository cannot check are left to other
   * hosts.
   */
  refresh(landed: LandedOperations): void {
    const isOld = (outbox: HostOutbox) => isOutdated(outbox, this.#store.now());
    const current = this.#others.filter((outbox) => !isOld(outbox));
    const findLanded = ({ operation, since }: WaitingOperation) => landed.find(operation.op, since);
    // A commit that names an operation falsely only keeps this host from helping: the operation's own host checks it.
    const hasEnded = (each: WaitingOperation) => {
      const mentions = findLanded(each);
      return mentions !== "unknown" && mentions.length > 0;
    };
    this.#waiting = current
      .map(({ waiting }) => checkable(waiting, findLanded).filter((each) => !hasEnded(each)))
      .map((waiting) => carriable(waiting, this.#store.now()))
      .map((waiting) => waiting.map(({ operation }) => operation))
      .filter((operations) => operations.length > 0);
    this.#done = this.#others.filter((outbox) => isOld(outbox) || outbox.waiting.every(hasEnded));
  }

  /** The operations of other hosts that wait on the hub. */
  get operations(): Operation[] {
    return this.#waiting.flat();
  }

  /** Whether other hosts can see an operation of this host, so that they may land it. */
  isExposed({ op }: Pick<Operation, "op">): boolean {
    return this.#mine?.waiting.some(({ operation }) => operation.op === op) === true;
  }

  /** How many hosts have waited longer than this one; 0 when this host's operations are not published. */
  rank(entries: readonly OutboxEntry[]): number {
    const oldest = entries[0]?.operation.op;
    if (oldest === undefined || !this.#isPublished(entries)) return 0;
    return this.#waiting.filter(([first]) => first !== undefined && first.op < oldest).length;
  }

  /** The side refs to update with a push that offers these entries, which were decided as changes. */
  updates(offered: readonly OutboxEntry[]): RefUpdate[] {
    if (this.#store.traffic.refusesOutboxes) return [];
    const done = this.#done.map(({ ref, commit }) => ({ ref, to: undefined, expected: commit }));
    return [...this.#ownUpdate(offered), ...done.slice(0, MAX_DELETED_PER_PUSH)];
  }

  #ownUpdate(entries: readonly OutboxEntry[]): RefUpdate[] {
    const { traffic, repository } = this.#store;
    const ref = outboxRef(this.#host);
    const fit = publishable(entries);
    if (traffic.isCrowded && fit.length > 0 && !this.#isPublished(entries)) {
      const to = writeOutbox(repository.git, this.#host, fit);
      return to === undefined ? [] : [{ ref, to, expected: undefined }];
    }
    const mine = this.#mine;
    const isDone = mine?.waiting.every(({ operation: { op } }) =>
      entries.every((entry) => entry.operation.op !== op),
    );
    return mine && isDone ? [{ ref, to: undefined, expected: mine.commit }] : [];
  }

  /** Records the hub's answer to the updates. */
  answered(
    updates: readonly RefUpdate[],
    { branch, sideRefs }: Pushed,
    entries: readonly OutboxEntry[],
  ): void {
    for (const [index, { ref, to }] of updates.entries()) {
      const outcome = sideRefs[index];
      if (ref !== outboxRef(this.#host)) continue;
      // When the branch is refused too, the hub may refuse the content of the operations and not the ref.
      const isOutboxRefused = outcome?.kind === "refused" && branch.kind !== "refused";
      if (isOutboxRefused && to !== undefined) this.#store.traffic.outboxRefused();
      // When the answer is unknown, other hosts may see the outbox.
      const isSet = outcome?.kind === "accepted" || (to !== undefined && outcome?.kind === "unknown");
      if (!isSet) continue;
      this.#mine =
        to === undefined ? undefined : { host: this.#host, ref, commit: to, waiting: publishable(entries) };
    }
  }

  #isPublished(entries: readonly OutboxEntry[]): boolean {
    const published = new Set(this.#mine?.waiting.map(({ operation: { op } }) => op));
    return publishable(entries).every(({ operation: { op } }) => published.has(op));
  }
}

/** The operations before the first one that this repository cannot check. Later ones may depend on that one. */
function checkable(
  waiting: readonly WaitingOperation[],
  findLanded: (each: WaitingOperation) => readonly unknown[] | "unknown",
): readonly WaitingOperation[] {
  const end = waiting.findIndex((each) => findLanded(each) === "unknown");
  return end < 0 ? waiting : waiting.slice(0, end);
}
