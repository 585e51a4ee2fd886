import type { Instant } from "../../domain/values/instant.ts";
import { toInstant } from "../../domain/values/time.ts";
import { HiveError } from "../../errors.ts";
import type { HubOptions } from "../../hub-options.ts";
import { notAHub } from "../../store/hub/errors.ts";
import type { HubStore } from "../../store/hub-store.ts";
import { isHub, type Root } from "../../store/reading/listing.ts";
import type { World } from "../../world.ts";
import type { HiveOutbox } from "./outbox.ts";

/** What was read; `outdated` says why when the hub could not be asked, and what is shown was last known at `seenAt`. */
export type ReadState<Value> = Value & {
  readonly outdated: HiveError | undefined;
  readonly seenAt: Instant | undefined;
};

/** The commit of the hub that was read. */
export interface ReadOptions {
  readonly commit: string;
}

/** Learns the newest state of a hub for whoever reads it. */
export class Refresher {
  /** Whether the hub answered since it was opened. */
  isInTouch = false;
  readonly #world: World;
  readonly #store: HubStore;
  readonly #options: HubOptions;
  readonly #outbox: HiveOutbox;
  /** When the hub was last asked, in milliseconds since the epoch, and what came of it. */
  #lastLook: { readonly at: number; readonly trouble: HiveError | undefined } | undefined;

  constructor(world: World, store: HubStore, options: HubOptions, outbox: HiveOutbox) {
    this.#world = world;
    this.#store = store;
    this.#options = options;
    this.#outbox = outbox;
  }

  /** The newest state of the hub; throws when what is at the address is no hub. */
  async newest(): Promise<ReadState<{ root: Root } & ReadOptions>> {
    const outdated = this.#options.isOffline ? undefined : await this.#refreshed();
    const { roots, repository, traffic } = this.#store;
    const root = roots.newest();
    const isDated = outdated !== undefined && traffic.seenAt > 0;
    const seenAt = isDated ? toInstant(traffic.seenAt) : undefined;
    if (isHub(root)) return { root, commit: root.commit, outdated, seenAt };
    throw outdated ?? notAHub(repository.address);
  }

  /** Asks the hub, unless it was asked only just now. */
  async #refreshed(): Promise<HiveError | undefined> {
    const age = this.#world.now() - (this.#lastLook?.at ?? Number.NaN);
    const isRemote = this.#store.repository.ref === undefined;
    if (isRemote && age >= 0 && age < (this.#options.freshFor ?? 0) * 1000) return this.#lastLook?.trouble;
    const trouble = await this.#refresh();
    this.#lastLook = { at: this.#world.now(), trouble };
    return trouble;
  }

  /** Learns the branch; and where the hub is there, what earlier commands left waiting goes to it first. */
  async #refresh(): Promise<HiveError | undefined> {
    const { repository, traffic } = this.#store;
    try {
      await repository.refresh();
      this.isInTouch = true;
      if (repository.ref === undefined) {
        traffic.stateSeen();
        traffic.save();
      }
      await this.#outbox.carryLeftovers();
      return undefined;
    } catch (error) {
      if (error instanceof HiveError) return error;
      throw error;
    }
  }
}
