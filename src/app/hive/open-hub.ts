import type { HiveError } from "../../errors.ts";
import type { HubOptions } from "../../hub-options.ts";
import { hubDamage } from "../../store/health/hub-damage.ts";
import type { Host } from "../../store/host/state-directory.ts";
import { isUnwritable } from "../../store/host/unkept.ts";
import type { HubAddress } from "../../store/hub/address.ts";
import { type HubStore, openHubStore } from "../../store/hub-store.ts";
import { refuseOtherHub } from "../../store/reading/hub-id.ts";
import { removeTemporaryReplica, temporaryReplica } from "../../store/replica/temporary.ts";
import type { World } from "../../world.ts";
import { HiveOutbox } from "./outbox.ts";
import { Refresher } from "./refresher.ts";

/** Opens a hub through a temporary replica, because of the trouble that the state directory gives. */
async function openTemporarily(
  world: World,
  host: Host,
  address: HubAddress,
  { seconds }: HubOptions,
  trouble: HiveError,
): Promise<{ store: HubStore; replica: string }> {
  const replica = temporaryReplica(trouble);
  const store = await openHubStore(world, host, address, seconds, replica);
  store.unkept.note(trouble);
  return { store, replica };
}

/**
 * A hub and how it is reached: through the state directory or, where that cannot be written, through a temporary replica.
 * The caller must close it.
 */
export class OpenHub {
  /** The operations that wait on this host to land. */
  readonly outbox: HiveOutbox;
  readonly options: HubOptions;
  readonly #world: World;
  readonly #host: Host;
  #store: HubStore;
  #refresher: Refresher;
  /** The temporary replica, where the state directory cannot be written. */
  #temporary: string | undefined;

  private constructor(world: World, host: Host, store: HubStore, options: HubOptions) {
    this.#world = world;
    this.#host = host;
    this.#store = store;
    this.options = options;
    this.outbox = new HiveOutbox(store, options);
    this.#refresher = new Refresher(world, store, options, this.outbox);
  }

  /** Opens the hub at an address, and creates the replica of a remote hub where it is missing. Throws HiveError. */
  static async open(world: World, host: Host, address: HubAddress, options: HubOptions): Promise<OpenHub> {
    try {
      const store = await openHubStore(world, host, address, options.seconds);
      return new OpenHub(world, host, store, options);
    } catch (error) {
      if (!isUnwritable(error)) throw error;
      const { store, replica } = await openTemporarily(world, host, address, options, error);
      const hub = new OpenHub(world, host, store, options);
      hub.#temporary = replica;
      return hub;
    }
  }

  /** What reads and writes the hub. Another one takes its place when the state directory turns out to be unwritable. */
  get store(): HubStore {
    return this.#store;
  }

  /** Whether the hub answered since it was opened. */
  get hasAnswered(): boolean {
    return this.#refresher.hasHubAnswered;
  }

  /** The hub has answered a write. */
  noteAnswer(): void {
    this.#refresher.hasHubAnswered = true;
  }

  /** Returns the newest state. Throws HiveError where the hub is another one than this host knows at the address. */
  async newest(): ReturnType<Refresher["newest"]> {
    const read = await this.#fetched();
    await refuseOtherHub(this.#store, read.root);
    return read;
  }

  /** Where this host cannot store a fetch, it is fetched into a temporary replica. */
  async #fetched(): ReturnType<Refresher["newest"]> {
    const read = await this.#refresher.newest().catch((error: unknown) => {
      if (isUnwritable(error)) return { outdated: error };
      throw error;
    });
    if ("root" in read && !isUnwritable(read.outdated)) return read;
    const trouble = read.outdated;
    if (trouble === undefined || this.#temporary !== undefined) throw trouble;
    await this.#readFromTemporaryReplica(trouble);
    return this.#refresher.newest();
  }

  async #readFromTemporaryReplica(trouble: HiveError): Promise<void> {
    const { address } = this.#store.repository;
    const { store, replica } = await openTemporarily(this.#world, this.#host, address, this.options, trouble);
    this.#store.objects.close();
    this.#store = store;
    this.#temporary = replica;
    this.#refresher = new Refresher(this.#world, store, this.options, this.outbox);
  }

  /** Returns why a hub on this disk is away, or what is wrong with one whose newest state git cannot read. It lists the whole state. */
  damage(): HiveError | undefined {
    return hubDamage(this.#store.repository);
  }

  /** Fetches the history that is missing; into a temporary replica where this host cannot store it. */
  async deepen(commits?: number): Promise<void> {
    try {
      await this.#store.repository.deepen(commits);
    } catch (error) {
      if (!isUnwritable(error) || this.#temporary !== undefined) throw error;
      await this.#readFromTemporaryReplica(error);
      await this.#refresher.newest();
      await this.#store.repository.deepen(commits);
    }
  }

  close(): void {
    this.#store.objects.close();
    if (this.#temporary !== undefined) removeTemporaryReplica(this.#temporary);
  }
}
