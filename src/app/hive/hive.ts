import { ALWAYS_READ, decide } from "../../domain/decide.ts";
import type { Decision } from "../../domain/decision.ts";
import type { LogEntry } from "../../domain/log.ts";
import type { Operation, OperationRule } from "../../domain/operation.ts";
import { type InputOf, type Kind, OPERATIONS, type ResultOf } from "../../domain/operations.ts";
import type { Part } from "../../domain/snapshot.ts";
import type { SessionId, Ulid } from "../../domain/values/ids.ts";
import type { Instant } from "../../domain/values/instant.ts";
import { toInstant } from "../../domain/values/time.ts";
import { HiveError } from "../../errors.ts";
import { DEFAULT_SECONDS, type HubOptions } from "../../hub-options.ts";
import { looksLikeHub } from "../../store/checkout/checkout.ts";
import { isShallow, readHistory } from "../../store/git/history.ts";
import { knownRef } from "../../store/git/refs.ts";
import type { Host } from "../../store/host/state-directory.ts";
import { type HubAddress, locationOf, showAddress } from "../../store/hub/address.ts";
import type { HubStore } from "../../store/hub-store.ts";
import { openHubStore } from "../../store/hub-store.ts";
import type { MailMarks } from "../../store/identity/mail-marks.ts";
import type { Ended } from "../../store/landing/land.ts";
import type { ArchiveRead, Archives } from "../../store/reading/archive.ts";
import type { Reading } from "../../store/reading/part-files.ts";
import type { ValidationTarget } from "../../store/validation/revisions.ts";
import type { Validation } from "../../store/validation/validate-tree.ts";
import type { World } from "../../world.ts";
import type { Feed } from "./feed.ts";
import { HiveOutbox } from "./outbox.ts";
import { type ReadOptions, type ReadState, Refresher } from "./refresher.ts";
import { type Submitted, submitted } from "./submitted.ts";

function offline(): HiveError {
  return new HiveError(
    "offline",
    "The hub was not asked.",
    "It is sent by the next command without --offline.",
  );
}

/** The table ties a kind to its rule; the compiler can't follow that through the union of all rules. */
async function ruleOf<K extends Kind>(kind: K): Promise<OperationRule<unknown, Part, ResultOf<K>>> {
  return (await OPERATIONS[kind]()) as unknown as OperationRule<unknown, Part, ResultOf<K>>;
}

/** A write leaves some ten small objects; so often one looks whether it is time to pack them. */
const TIDY_CHANCE = 0.01;

/** One opened hub: read its state, submit operations. Close it when done. */
export class Hive {
  /** What waits on this host to land. */
  readonly outbox: HiveOutbox;
  /** What the sessions of this host have read; the hub learns of it with a session's next write. */
  readonly marks: MailMarks;
  readonly #world: World;
  readonly #store: HubStore;
  readonly #options: HubOptions;
  readonly #refresher: Refresher;

  private constructor(world: World, store: HubStore, options: HubOptions) {
    this.#world = world;
    this.#store = store;
    this.#options = options;
    this.outbox = new HiveOutbox(store, options);
    this.marks = store.marks;
    this.#refresher = new Refresher(world, store, options, this.outbox);
  }

  /** Opens the hub at an address; the replica of a remote one is made when it is not there yet. */
  static async open(world: World, host: Host, address: HubAddress, options: HubOptions = {}): Promise<Hive> {
    return new Hive(world, await openHubStore(world, host, address, options.seconds), options);
  }

  /** The hub's address for people, without secrets. */
  get name(): string {
    return showAddress(this.#store.repository.address);
  }

  /** The parts as the hub has them now or, when it cannot be reached, as this host last saw them. Throws HiveError. */
  async read<P extends Part>(parts: readonly P[]): Promise<ReadState<Reading<P> & ReadOptions>> {
    const { root, ...freshness } = await this.#refresher.newest();
    return { ...(await this.#store.reader.read(root, parts)), ...freshness };
  }

  /** The parts as this host last saw them, which is no older than its last write: the hub is not asked. */
  recall<P extends Part>(parts: readonly P[]): Promise<Reading<P>> {
    return this.#store.reader.read(this.#store.roots.newest(), parts);
  }

  /** What happened, newest first, to the given paths or, without any, to the whole hub. Throws HiveError. */
  async history(
    paths: readonly string[],
    limit?: number,
  ): Promise<ReadState<{ entries: LogEntry[] } & ReadOptions>> {
    const { root, ...freshness } = await this.#refresher.newest();
    const { repository } = this.#store;
    // Where only the newest commits are, the oldest of them passes for the one that made everything.
    const commits = paths.length > 0 ? undefined : limit;
    if (!freshness.outdated && !this.#options.isOffline) await repository.deepen(commits);
    return { entries: readHistory(repository.git, root.commit, { paths, limit }), ...freshness };
  }

  /** Refusals that are recorded in what this host has of the history up to a commit, and whether that is all of it. */
  refusals({ commit }: ReadOptions): { entries: LogEntry[]; isWhole: boolean } {
    const { git } = this.#store.repository;
    return { entries: readHistory(git, commit, { kind: "refusal" }), isWhole: !isShallow(git) };
  }

  /** What comes after what was read. */
  async follow(read: ReadState<ReadOptions>): Promise<Feed> {
    const { Feed } = await import("./feed.ts");
    return new Feed(this.#world, this.#store, this.#options, read);
  }

  /** What lies on a shelf whose text is wanted, back to an instant or to the beginning: as slow as it is much. Throws HiveError. */
  async readBack<Shelf extends keyof Archives>(
    archive: Shelf,
    wants: (text: string) => boolean,
    since?: Instant,
  ): Promise<ArchiveRead<Archives[Shelf]>> {
    const { readArchive } = await import("../../store/reading/archive.ts");
    const { root } = await this.#refresher.newest();
    return readArchive(this.#store.objects, root, archive, wants, since);
  }

  /** What is wrong with the hub's files now, at a commit, or with what was done in a range. Throws HiveError. */
  async validate(target: ValidationTarget): Promise<ReadState<Validation>> {
    const { root, ...freshness } = await this.#refresher.newest();
    const { validateHistory } = await import("../../store/validation/validate.ts");
    const { objects, repository } = this.#store;
    if (target.kind !== "newest" && !freshness.outdated && !this.#options.isOffline)
      await repository.deepen();
    const history = { git: repository.git, objects, newest: root.commit };
    return { ...(await validateHistory(history, target, toInstant(this.#world.now()))), ...freshness };
  }

  /**
   * Decides and lands one operation in the name of a session, or of the one registration of it that is counted on.
   * Throws HiveError, and ZodError on input its schema refuses.
   */
  async submit<K extends Kind>(
    kind: K,
    input: InputOf<K>,
    session: SessionId,
    registration?: Ulid,
  ): Promise<Submitted<ResultOf<K>>> {
    const operation = { ...(await this.#operation(kind, input, session)), registration };
    (await ruleOf(kind)).input.parse(input);
    // Reading has no use for all that writing takes.
    const { land, queue } = await import("../../store/landing/land.ts");
    const ended: Ended = this.#options.isOffline
      ? queue(this.#store, operation, offline())
      : await land(this.#store, operation, this.#options.seconds ?? DEFAULT_SECONDS);
    if (ended.ending.kind === "landed") this.#refresher.isInTouch = true;
    if (this.#world.random() < TIDY_CHANCE) await this.#store.repository.tidy();
    return submitted<ResultOf<K>>(ended);
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
    const [op, at] = [await this.#world.newId(), toInstant(this.#world.now())];
    return { op, kind, session, at, input, ...this.marks.receiptOf(session) };
  }

  /** Brings a clone of the hub that is this project to what the hub has, where that is a plain step forward. */
  async fastForward(project: string): Promise<void> {
    const { git, tip: ref, address } = this.#store.repository;
    const oid = this.#refresher.isInTouch ? knownRef(git, ref) : null;
    if (oid === null || !looksLikeHub(project)) return;
    const { fastForwardClone } = await import("../../store/checkout/fast-forward.ts");
    const seen = { directory: git.directory, ref, oid, url: locationOf(address) };
    await fastForwardClone(project, seen, this.#world.env);
  }

  close(): void {
    this.#store.objects.close();
  }
}
