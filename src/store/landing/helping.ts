import type { Operation } from "../../domain/operation.ts";
import type { WaitingOperation } from "../../domain/stored-operation.ts";
import { carriable } from "../../domain/waiting.ts";
import { deleteRefs } from "../git/refs.ts";
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
import type { LandedOperations, Mention } from "./landed-operations.ts";

/** How many outboxes one push may delete. */
const MAX_DELETED_PER_PUSH = 64;

/** How many operations of other hosts are decided together with those of this host. */
const MAX_HELPED_OPERATIONS = 256;

/**
 * How far back operations of other hosts may date, and how many of them may need history that was not read before.
 * Their hosts land the others themselves.
 */
const MAX_HELPED_COMMITS = 10_000;
const MAX_HISTORY_LOOKUPS = 16;

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

  /** The ref where this host publishes its operations. */
  get ownRef(): string {
    return outboxRef(this.#host);
  }

  /** Reads the outboxes that the last fetch brought. Those that exceed a limit are recorded, and deleted later. */
  async readOutboxes(landed: LandedOperations): Promise<void> {
    const { repository, badOutboxes, random } = this.#store;
    const outboxes = await readOutboxes(repository.git, this.ownRef, random);
    const isKnown = badOutboxes.finder();
    for (const { ref, commit, excess } of outboxes)
      if (excess !== undefined && !isKnown(ref, commit)) badOutboxes.note(ref, excess, commit);
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
    const findMentions = finder(landed);
    // A commit that names an operation falsely only keeps this host from helping: the operation's own host checks it.
    const hasEnded = (each: WaitingOperation) => {
      const mentions = findMentions(each);
      return mentions !== "unknown" && mentions.length > 0;
    };
    const waiting = current
      .map((outbox) => checkable(outbox.waiting, findMentions))
      .map((entries) => entries.filter((each) => !hasEnded(each)))
      .map((entries) => carriable(entries, this.#store.now()))
      .map((entries) => entries.map(({ operation }) => operation))
      .filter((operations) => operations.length > 0);
    this.#waiting = shareOut(waiting, MAX_HELPED_OPERATIONS);
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
    const isDeleted = (each: RefUpdate, index: number) =>
      each.ref !== this.ownRef && each.to === undefined && sideRefs[index]?.kind === "accepted";
    this.#forget(new Set(updates.filter(isDeleted).map(({ ref }) => ref)));
  }

  /** Forgets outboxes that are deleted. One that is left out of fetches would stay here, because no fetch prunes it. */
  #forget(refs: ReadonlySet<string>): void {
    if (refs.size === 0) return;
    this.#others = this.#others.filter(({ ref }) => !refs.has(ref));
    this.#done = this.#done.filter(({ ref }) => !refs.has(ref));
    deleteRefs(this.#store.repository.git, [...refs]);
  }

  #isPublished(entries: readonly OutboxEntry[]): boolean {
    const published = new Set(this.#mine?.waiting.map(({ operation: { op } }) => op));
    return publishable(entries).every(({ operation: { op } }) => published.has(op));
  }
}

/** The operations before the first one that this repository cannot check. Later ones may depend on that one. */
function checkable(
  waiting: readonly WaitingOperation[],
  findMentions: (each: WaitingOperation) => readonly unknown[] | "unknown",
): readonly WaitingOperation[] {
  const end = waiting.findIndex((each) => findMentions(each) === "unknown");
  return end < 0 ? waiting : waiting.slice(0, end);
}

/** Returns a function that finds the commits that name another host's operation. It reads a limited part of the history. */
function finder(landed: LandedOperations): (each: WaitingOperation) => readonly Mention[] | "unknown" {
  let lookups = 0;
  return ({ operation, since }) => {
    if (!landed.reaches(since) && ++lookups > MAX_HISTORY_LOOKUPS) return "unknown";
    return landed.find(operation.op, since, MAX_HELPED_COMMITS);
  };
}

/** The first operations of each host, in turn, up to a limit in all. */
function shareOut(
  waiting: readonly (readonly Operation[])[],
  limit: number,
): readonly (readonly Operation[])[] {
  let [turn, left] = [0, limit];
  for (; left > 0; turn++) {
    const inTurn = waiting.filter((operations) => operations.length > turn).length;
    if (inTurn === 0) break;
    left -= inTurn;
  }
  return waiting.map((operations) => operations.slice(0, turn));
}
