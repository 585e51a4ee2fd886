import type { Operation } from "../../domain/operation.ts";
import type { WaitingOperation } from "../../domain/stored-operation.ts";
import type { HubStore } from "../hub-store.ts";
import type { OutboxEntry } from "../outbox/outbox.ts";
import type { Pushed, RefUpdate } from "../replica/repository.ts";
import {
  fitForOutbox,
  type HostOutbox,
  isOutdated,
  outboxRef,
  readOutboxes,
  writeOutbox,
} from "./host-outboxes.ts";
import type { LandedOperations } from "./landed-operations.ts";

/** Outdated outboxes that one push may clear away. */
const MOST_CLEARED = 3;

/**
 * Hosts help each other: when several write at once, each leaves what it waits with on the hub, and whoever wins the
 * branch carries the others' operations too. So nobody starves, however slow its way to the hub is.
 */
export class HostHelping {
  readonly #store: HubStore;
  readonly #host: string;
  #mine: HostOutbox | undefined;
  #others: readonly HostOutbox[] = [];
  /** What others wait with that has not landed, by host. */
  #waiting: readonly (readonly Operation[])[] = [];
  /** Outboxes that nobody needs any more. */
  #done: readonly HostOutbox[] = [];

  constructor(store: HubStore) {
    this.#store = store;
    this.#host = store.host.id(store.random);
  }

  /** Takes in what the last look at the hub brought. */
  async look(landed: LandedOperations): Promise<void> {
    const outboxes = await readOutboxes(this.#store.repository.git);
    this.#mine = outboxes.find(({ host }) => host === this.#host);
    this.#others = outboxes.filter((outbox) => outbox !== this.#mine);
    this.refresh(landed);
  }

  /** Leaves out what has landed meanwhile. What this repository cannot judge is left to others. */
  refresh(landed: LandedOperations): void {
    const isOld = (outbox: HostOutbox) => isOutdated(outbox, this.#store.now());
    const current = this.#others.filter((outbox) => !isOld(outbox));
    const found = ({ operation, since }: WaitingOperation) => landed.find(operation.op, since);
    this.#waiting = current
      .map(({ waiting }) => judgeable(waiting, found).filter((each) => found(each) === undefined))
      .map((waiting) => waiting.map(({ operation }) => operation))
      .filter((operations) => operations.length > 0);
    const hasEnded = (each: WaitingOperation) => ![undefined, "unknown"].includes(found(each));
    this.#done = this.#others.filter((outbox) => isOld(outbox) || outbox.waiting.every(hasEnded));
  }

  /** The operations of other hosts that wait on the hub. */
  get operations(): Operation[] {
    return this.#waiting.flat();
  }

  /** Whether others can see an operation of this host, and so may carry it. */
  isExposed({ op }: Pick<Operation, "op">): boolean {
    return this.#mine?.waiting.some(({ operation }) => operation.op === op) === true;
  }

  /** How many hosts wait for longer than this one, where others can see that it waits; else 0. */
  rank(own: readonly OutboxEntry[]): number {
    const oldest = own[0]?.operation.op;
    if (oldest === undefined || !this.#isPublished(own)) return 0;
    return this.#waiting.filter(([first]) => first !== undefined && first.op < oldest).length;
  }

  /** What to change beside the branch with a push that offers these entries, decided as changes. */
  updates(offered: readonly OutboxEntry[]): RefUpdate[] {
    if (this.#store.traffic.isPlain) return [];
    const done = this.#done.map(({ ref, commit }) => ({ ref, to: undefined, expected: commit }));
    return [...this.#ownUpdate(offered), ...done.slice(0, MOST_CLEARED)];
  }

  #ownUpdate(own: readonly OutboxEntry[]): RefUpdate[] {
    const { traffic, repository } = this.#store;
    const ref = outboxRef(this.#host);
    const fit = fitForOutbox(own);
    if (traffic.isCrowded && fit.length > 0 && !this.#isPublished(own)) {
      const to = writeOutbox(repository.git, this.#host, fit);
      return to === undefined ? [] : [{ ref, to, expected: undefined }];
    }
    const mine = this.#mine;
    const isDone = mine?.waiting.every(({ operation: { op } }) =>
      own.every((entry) => entry.operation.op !== op),
    );
    return mine && isDone ? [{ ref, to: undefined, expected: mine.commit }] : [];
  }

  /** Takes in how the hub answered the updates. */
  answered(updates: readonly RefUpdate[], { branch, beside }: Pushed, own: readonly OutboxEntry[]): void {
    for (const [index, { ref, to }] of updates.entries()) {
      const outcome = beside[index];
      if (ref !== outboxRef(this.#host)) continue;
      // Where the branch is refused too, it may be what the operations say.
      const isMinded = outcome?.kind === "refused" && branch.kind !== "refused";
      if (isMinded && to !== undefined) this.#store.traffic.staysPlain();
      // Where the answer is not known, others may see it.
      const isSet = outcome?.kind === "accepted" || (to !== undefined && outcome?.kind === "unknown");
      if (!isSet) continue;
      this.#mine =
        to === undefined ? undefined : { host: this.#host, ref, commit: to, waiting: fitForOutbox(own) };
    }
  }

  #isPublished(own: readonly OutboxEntry[]): boolean {
    const published = new Set(this.#mine?.waiting.map(({ operation: { op } }) => op));
    return fitForOutbox(own).every(({ operation: { op } }) => published.has(op));
  }
}

/** Those before the first that this repository cannot judge: they may count on it. */
function judgeable(
  waiting: readonly WaitingOperation[],
  found: (each: WaitingOperation) => string | undefined,
): readonly WaitingOperation[] {
  const end = waiting.findIndex((each) => found(each) === "unknown");
  return end < 0 ? waiting : waiting.slice(0, end);
}
