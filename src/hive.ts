import { join } from "node:path";
import { ALWAYS_READ, decide } from "./domain/decide.ts";
import type { Decision } from "./domain/decision.ts";
import type { SessionId, Ulid } from "./domain/ids.ts";
import type { Operation, OperationRule } from "./domain/operation.ts";
import { type InputOf, type Kind, OPERATIONS, type ResultOf } from "./domain/operations/table.ts";
import type { LogEntry } from "./domain/queries/log.ts";
import type { Part } from "./domain/snapshot.ts";
import { toInstant } from "./domain/time.ts";
import { HiveError } from "./hive-error.ts";
import { readHistory } from "./store/history.ts";
import type { Host } from "./store/host.ts";
import { addressKey, type HubAddress, showAddress } from "./store/hub-address.ts";
import { notAHub } from "./store/hub-errors.ts";
import { type Landed, land, type Place } from "./store/land.ts";
import { isHub, type Root, readRoot } from "./store/listing.ts";
import { ObjectReader } from "./store/objects.ts";
import { PartCache } from "./store/part-cache.ts";
import { openEmbedded, openReplica } from "./store/repository.ts";
import { type Reading, SnapshotReader } from "./store/snapshot-reader.ts";
import type { World } from "./world.ts";

/** An operation's end, with the id it is known by. */
export type Submitted<Result> = Landed<Result> & { readonly op: Ulid };

/** What was read; `outdated` says why when the hub could not be asked and this host's last sight of it is shown. */
export type Read<Value> = Value & { readonly outdated: HiveError | undefined };

export function offlineWrite(): HiveError {
  return new HiveError("offline", "Writing needs the hub.", "Leave out --offline.", { failure: "usage" });
}

/** The table ties a kind to its rule; the compiler can't follow that through the union of all rules. */
async function ruleOf<K extends Kind>(kind: K): Promise<OperationRule<unknown, Part, ResultOf<K>>> {
  return (await OPERATIONS[kind]()) as unknown as OperationRule<unknown, Part, ResultOf<K>>;
}

/** A write leaves some ten small objects; so often one looks whether it is time to pack them. */
const TIDY_CHANCE = 0.01;

/** One opened hub: read its state, submit operations. Close it when done. */
export class Hive {
  readonly #world: World;
  readonly #place: Place;
  readonly #isOffline: boolean;

  private constructor(world: World, place: Place, isOffline: boolean) {
    this.#world = world;
    this.#place = place;
    this.#isOffline = isOffline;
  }

  /** Opens the hub at an address; the replica of a remote one is made when it is not there yet. */
  static async open(world: World, host: Host, address: HubAddress, isOffline = false): Promise<Hive> {
    const directory = host.hubDirectory(addressKey(address));
    const repository =
      address.kind === "path"
        ? openEmbedded(address.path, world.env)
        : await openReplica(address, join(directory, "replica.git"), world.env);
    const objects = new ObjectReader(repository.git);
    const reader = new SnapshotReader(objects, new PartCache(join(directory, "parts")));
    return new Hive(world, { repository, objects, reader, random: world.random }, isOffline);
  }

  /** The hub's address for people, without secrets. */
  get name(): string {
    return showAddress(this.#place.repository.address);
  }

  /** The parts as the hub has them now or, when it cannot be reached, as this host last saw them. Throws HiveError. */
  async read<P extends Part>(parts: readonly P[]): Promise<Read<Reading<P>>> {
    const { root, outdated } = await this.#newest();
    return { ...(await this.#place.reader.read(root, parts)), outdated };
  }

  /** What happened, newest first, to the given paths or, without any, to the whole hub. Throws HiveError. */
  async history(paths: readonly string[], limit?: number): Promise<Read<{ entries: LogEntry[] }>> {
    const { root, outdated } = await this.#newest();
    return { entries: readHistory(this.#place.repository.git, root.commit, paths, limit), outdated };
  }

  /** Decides and lands one operation in the name of a session. Throws HiveError, and ZodError on input its schema refuses. */
  async submit<K extends Kind>(
    kind: K,
    input: InputOf<K>,
    session: SessionId,
  ): Promise<Submitted<ResultOf<K>>> {
    if (this.#isOffline) throw offlineWrite();
    const operation = await this.#operation(kind, input, session);
    const landed = await land(this.#place, await ruleOf(kind), operation);
    if (this.#world.random() < TIDY_CHANCE) await this.#place.repository.tidy();
    return { ...landed, op: operation.op };
  }

  /** Decides an operation on the newest state and leaves it at that. Throws as `submit` does. */
  async preview<K extends Kind>(
    kind: K,
    input: InputOf<K>,
    session: SessionId,
  ): Promise<Decision<ResultOf<K>>> {
    const rule = await ruleOf(kind);
    const { state } = await this.read([...rule.reads, ...ALWAYS_READ]);
    return decide<unknown, Part, ResultOf<K>>(rule, state, await this.#operation(kind, input, session));
  }

  async #operation(kind: Kind, input: unknown, session: SessionId): Promise<Operation> {
    return { op: await this.#world.newId(), kind, session, at: toInstant(this.#world.now()), input };
  }

  close(): void {
    this.#place.objects.close();
  }

  /** The newest state of the hub; throws when what is at the address is no hub. */
  async #newest(): Promise<{ root: Root; outdated: HiveError | undefined }> {
    const outdated = this.#isOffline ? undefined : await this.#refresh();
    const { objects, repository } = this.#place;
    const root = readRoot(objects, repository.tip);
    if (isHub(root)) return { root, outdated };
    throw outdated ?? notAHub(repository.address);
  }

  async #refresh(): Promise<HiveError | undefined> {
    try {
      await this.#place.repository.refresh();
      return undefined;
    } catch (error) {
      if (error instanceof HiveError) return error;
      throw error;
    }
  }
}
