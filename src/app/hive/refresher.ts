import type { Instant } from "../../domain/values/instant.ts";
import { toInstant } from "../../domain/values/time.ts";
import { HiveError } from "../../errors.ts";
import type { HubOptions } from "../../hub-options.ts";
import { hubDamage } from "../../store/health/hub-damage.ts";
import { firstUnreadable } from "../../store/host/unreadable.ts";
import { HUB_DAMAGED, neverFetched, notAHub } from "../../store/hub/errors.ts";
import type { HubStore } from "../../store/hub-store.ts";
import { isHub, type Root } from "../../store/reading/listing.ts";
import type { World } from "../../world.ts";
import type { HiveOutbox } from "./outbox.ts";

/** What was read. Where the hub could not be reached, `outdated` says why, and the state is that of `seenAt`. */
export type ReadState<Value> = Value & {
  readonly outdated: HiveError | undefined;
  readonly seenAt: Instant | undefined;
};

/** The commit of the hub that was read. */
export interface ReadCommit {
  readonly commit: string;
}

/** Fetches the newest state of a hub before it is read. */
export class Refresher {
  /** Whether the hub answered since it was opened. */
  hasHubAnswered = false;
  readonly #world: World;
  readonly #store: HubStore;
  readonly #options: HubOptions;
  readonly #outbox: HiveOutbox;
  /** When the hub was last asked, in milliseconds since the epoch, and the error, if any. */
  #lastRefresh: { readonly at: number; readonly trouble: HiveError | undefined } | undefined;

  constructor(world: World, store: HubStore, options: HubOptions, outbox: HiveOutbox) {
    this.#world = world;
    this.#store = store;
    this.#options = options;
    this.#outbox = outbox;
  }

  /** Returns the newest state of the hub. Throws HiveError when there is no hub at the address. */
  async newest(): Promise<ReadState<{ root: Root } & ReadCommit>> {
    const outdated = this.#options.isOffline ? undefined : await this.#refreshed();
    const { repository, traffic } = this.#store;
    const root = this.#newestRoot();
    if (root instanceof HiveError) return this.#lastGood(root);
    const damage = isHub(root) ? undefined : hubDamage(repository);
    if (damage !== undefined) return this.#lastGood(damage);
    // Of a hub on this disk only writes leave a time, and it was read later than that.
    const isDated = outdated !== undefined && !repository.isHub && traffic.seenAt > 0;
    const seenAt = isDated ? toInstant(traffic.seenAt) : undefined;
    if (isHub(root)) return { root, commit: root.commit, outdated, seenAt };
    if (outdated !== undefined) return this.#lastGood(outdated);
    throw this.#whyNothing(root);
  }

  /** Why this host has no state of the hub. That it is no hub yet is true only of a hub that was looked at. */
  #whyNothing(root: Root | undefined): HiveError {
    const { address, git, isHub } = this.#store.repository;
    if (this.#options.isOffline && !isHub && root === undefined)
      return this.#store.unkept.trouble ?? firstUnreadable([git.directory]) ?? neverFetched(address);
    return notAHub(address);
  }

  /** Returns the damage of the hub where git cannot read its root. */
  #newestRoot(): Root | HiveError | undefined {
    try {
      return this.#store.roots.newest();
    } catch (error) {
      if (!(error instanceof HiveError)) throw error;
      if (error.code === HUB_DAMAGED) return error;
      const damage = hubDamage(this.#store.repository);
      if (damage === undefined) throw error;
      return damage;
    }
  }

  /** Returns the state that this host read before the hub, or its replica, was damaged. Throws the damage where there is none. */
  #lastGood(damage: HiveError): ReadState<{ root: Root } & ReadCommit> {
    const root = this.#store.roots.lastRead();
    if (!isHub(root)) throw damage;
    return { root, commit: root.commit, outdated: damage, seenAt: undefined };
  }

  /** Asks the hub unless it was asked within `freshFor`. Returns the error where it could not be reached. */
  async #refreshed(): Promise<HiveError | undefined> {
    const age = this.#world.now() - (this.#lastRefresh?.at ?? Number.NaN);
    const isRemote = !this.#store.repository.isHub;
    if (isRemote && age >= 0 && age < (this.#options.freshFor ?? 0) * 1000) return this.#lastRefresh?.trouble;
    const trouble = await this.#refresh();
    this.#lastRefresh = { at: this.#world.now(), trouble };
    return trouble;
  }

  /** Fetches the branch and, where the hub answers, sends what earlier commands left in the outbox. */
  async #refresh(): Promise<HiveError | undefined> {
    const { repository, traffic, unkept } = this.#store;
    try {
      await repository.refresh();
      this.hasHubAnswered = true;
      if (!repository.isHub) {
        traffic.stateSeen();
        traffic.save();
      }
      await this.#outbox.carryLeftovers();
      return undefined;
    } catch (error) {
      if (error instanceof HiveError) return error;
      // The hub answered; only what waits here could not be sent.
      unkept.note(error);
      return undefined;
    }
  }
}
