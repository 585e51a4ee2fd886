import { judgeInstant } from "../../domain/clock-ahead.ts";
import { ALWAYS_READ, decide } from "../../domain/decide.ts";
import type { Decision } from "../../domain/decision.ts";
import type { Settings } from "../../domain/hub/settings.ts";
import type { ReadMarks } from "../../domain/inbox/read-marks.ts";
import type { Operation, OperationRule } from "../../domain/operation.ts";
import { type InputOf, type Kind, OPERATIONS, type ResultOf } from "../../domain/operations.ts";
import type { Part } from "../../domain/snapshot.ts";
import type { SessionId, Ulid } from "../../domain/values/ids.ts";
import type { Instant } from "../../domain/values/instant.ts";
import { toInstant } from "../../domain/values/time.ts";
import { ANOTHER_HUB, HiveError } from "../../errors.ts";
import { DEFAULT_WRITE_SECONDS, type HubOptions } from "../../hub-options.ts";
import { looksLikeHub } from "../../store/checkout/checkout.ts";
import { knownRef } from "../../store/git/refs.ts";
import type { Host } from "../../store/host/state-directory.ts";
import { type HubAddress, locationOf, showAddress } from "../../store/hub/address.ts";
import { clockAhead, NOT_A_HUB } from "../../store/hub/errors.ts";
import { isIdKnown, rememberHubId } from "../../store/hub/location.ts";
import type { MailMarks } from "../../store/identity/mail-marks.ts";
import type { Ended } from "../../store/landing/land.ts";
import { findHubId } from "../../store/reading/hub-id.ts";
import { isEmpty, isHub, MISSING } from "../../store/reading/listing.ts";
import type { Reading } from "../../store/reading/part-files.ts";
import type { ValidationTarget } from "../../store/validation/revisions.ts";
import type { Validation } from "../../store/validation/validate-tree.ts";
import type { World } from "../../world.ts";
import { refusalOfNoReference } from "../no-reference.ts";
import type { Feed } from "./feed.ts";
import { HubHistory } from "./history.ts";
import { OpenHub } from "./open-hub.ts";
import type { HiveOutbox } from "./outbox.ts";
import type { ReadCommit, ReadState } from "./refresher.ts";
import { type Submitted, submitted } from "./submitted.ts";

function offline(): HiveError {
  return new HiveError(
    "offline",
    "The hub was not contacted.",
    "The next command without --offline sends it.",
  );
}

/** Returns the rule of a kind. The cast is needed because the compiler cannot relate a kind to its rule in the union of all rules. */
async function ruleOf<K extends Kind>(kind: K): Promise<OperationRule<unknown, Part, ResultOf<K>>> {
  return (await OPERATIONS[kind]()) as unknown as OperationRule<unknown, Part, ResultOf<K>>;
}

/** The share of writes that check whether the repository needs packing. Git packs loose objects when they are many. */
const TIDY_PROBABILITY = 0.01;

/** What became of a hub at its address: another hub is there, or none. */
export type Fate = "another" | "gone";

/** An opened hub: reads its state and submits operations. The caller must close it. */
export class Hive {
  /** The operations that wait on this host to land. */
  readonly outbox: HiveOutbox;
  /** What the sessions of this host have read. It reaches the hub with a session's next write. */
  readonly marks: MailMarks;
  /** What happened in the hub. */
  readonly history: HubHistory;
  readonly #world: World;
  readonly #host: Host;
  readonly #hub: OpenHub;

  /** Why nothing may be written: nobody chose this hub for the project. */
  readonly #unchosen: HiveError | undefined;

  private constructor(world: World, host: Host, hub: OpenHub, unchosen: HiveError | undefined) {
    this.#unchosen = unchosen;
    this.#world = world;
    this.#host = host;
    this.#hub = hub;
    this.history = new HubHistory(hub);
    this.outbox = hub.outbox;
    this.marks = hub.store.marks;
  }

  /**
   * Opens the hub at an address, and creates the replica of a remote hub where it is missing. With `unchosen`, every
   * write is refused with that error.
   */
  static async open(
    world: World,
    host: Host,
    address: HubAddress,
    options: HubOptions = {},
    unchosen?: HiveError,
  ): Promise<Hive> {
    return new Hive(world, host, await OpenHub.open(world, host, address, options), unchosen);
  }

  /** What could not be kept in this host's state directory, so that the next command reads it again. */
  get unkept(): HiveError | undefined {
    return this.#hub.store.unkept.trouble;
  }

  /** Saves what a session has read, where the state directory can be written. */
  keepMarks(session: SessionId, marks: ReadMarks): void {
    this.#hub.store.unkept.tolerate(() => this.marks.save(session, marks));
  }

  /** The hub's address as text, without secrets. */
  get name(): string {
    return showAddress(this.#hub.store.repository.address);
  }

  /** Reads the parts as the hub has them now or, when it cannot be reached, as this host last saw them. Throws HiveError. */
  async read<P extends Part>(parts: readonly P[]): Promise<ReadState<Reading<P> & ReadCommit>> {
    const { root, ...freshness } = await this.#hub.newest();
    const read = await this.#hub.store.reader.read(root, parts).catch((error: unknown) => {
      throw freshness.outdated ?? this.#hub.damage() ?? error;
    });
    const isWhole = !read.findings.some(({ rule }) => rule === MISSING);
    return {
      ...read,
      ...freshness,
      outdated: freshness.outdated ?? (isWhole ? undefined : this.#hub.damage()),
    };
  }

  /** Returns why a hub on this disk is away, or what is wrong with one whose newest state git cannot read. It lists the whole state. */
  damage(): HiveError | undefined {
    return this.#hub.damage();
  }

  /** Reads the parts as this host last saw them, without asking the hub. They include this host's last write. */
  recall<P extends Part>(parts: readonly P[]): Promise<Reading<P>> {
    return this.#hub.store.reader.read(this.#hub.store.roots.newest(), parts);
  }

  /** Follows the hub from a reading on. */
  async follow(read: ReadState<ReadCommit>): Promise<Feed> {
    const { Feed } = await import("./feed.ts");
    return new Feed(this.#world, this.#hub.store, this.#hub.options, read);
  }

  /** Validates the hub's files now or at a commit, or the changes in a range. Throws HiveError. */
  async validate(target: ValidationTarget): Promise<ReadState<Validation>> {
    const { root, ...freshness } = await this.#hub.newest();
    const { validateHistory } = await import("../../store/validation/validate.ts");
    if (target.kind !== "newest" && !freshness.outdated && !this.#hub.options.isOffline)
      await this.#hub.deepen();
    const { objects, repository } = this.#hub.store;
    const history = { git: repository.git, objects, newest: root.commit };
    const validation = await validateHistory(history, target, toInstant(this.#world.now())).catch(
      (error: unknown) => {
        throw freshness.outdated ?? this.#hub.damage() ?? error;
      },
    );
    return { ...validation, ...freshness };
  }

  /**
   * Decides and lands one operation in the name of a session; with `registration`, only while that registration holds
   * the name. Throws HiveError, and ZodError on input that its schema refuses.
   */
  async submit<K extends Kind>(
    kind: K,
    input: InputOf<K>,
    session: SessionId,
    registration?: Ulid,
  ): Promise<Submitted<ResultOf<K>>> {
    this.refuseUnchosen();
    const operation = { ...(await this.#operation(kind, input, session)), registration };
    (await ruleOf(kind)).input.parse(input);
    const refused = await refusalOfNoReference(kind, input);
    if (refused !== undefined) return { op: operation.op, ...refused, findings: [] };
    // Loaded here, because reading does not need it.
    const { land, queue } = await import("../../store/landing/land.ts");
    const ended: Ended = this.#hub.options.isOffline
      ? queue(this.#hub.store, operation, offline())
      : await land(this.#hub.store, operation, this.#hub.options.seconds ?? DEFAULT_WRITE_SECONDS);
    if (ended.ending.kind === "landed") this.#hub.noteAnswer();
    await this.#hub.store.repository.joinPacks();
    if (this.#world.random() < TIDY_PROBABILITY) await this.#hub.store.repository.tidy();
    return submitted<ResultOf<K>>(ended);
  }

  /** Why this hub may only be read: nobody chose it for the project. */
  get unchosen(): HiveError | undefined {
    return this.#unchosen;
  }

  /** Throws HiveError where nobody chose this hub for the project. */
  refuseUnchosen(): void {
    if (this.#unchosen !== undefined) throw this.#unchosen;
  }

  /** When this host last saw what the hub has; undefined for a hub on this disk, which is read as it is. */
  get lastSeen(): Instant | undefined {
    const { repository, traffic } = this.#hub.store;
    return repository.isHub ? undefined : toInstant(traffic.seenAt);
  }

  /** Whether the repository has files and no hub in its newest commit, so that it is used for something else. */
  async hasOtherContent(): Promise<boolean> {
    try {
      await this.#hub.newest();
      return false;
    } catch (error) {
      // Any other error is that of the write that follows.
      if (!(error instanceof HiveError)) throw error;
      const { objects, roots } = this.#hub.store;
      const root = error.code === NOT_A_HUB ? roots.newest() : undefined;
      return root !== undefined && !(await isEmpty(objects, root.commit));
    }
  }

  /** Returns what became of the hub that this host knew at the address, as far as it is not there any more. */
  async fate(): Promise<Fate | undefined> {
    if (!isIdKnown(this.#host, this.#hub.store.repository.address)) return undefined;
    try {
      await this.#hub.newest();
      return undefined;
    } catch (error) {
      if (!(error instanceof HiveError)) throw error;
      return error.code === ANOTHER_HUB ? "another" : error.code === NOT_A_HUB ? "gone" : undefined;
    }
  }

  /** Learns the hub's id from what this host has of it, or asks the hub where that is nothing. Never throws HiveError. */
  async learnId(): Promise<void> {
    const { address } = this.#hub.store.repository;
    if (isIdKnown(this.#host, address)) return;
    try {
      if (this.#hub.store.roots.newest() === undefined && !this.#hub.options.isOffline)
        await this.#hub.newest();
      const { roots, repository, reader } = this.#hub.store;
      const root = roots.newest();
      const id = root && isHub(root) ? await findHubId(repository.git, reader, root) : undefined;
      if (id !== undefined) this.#hub.store.unkept.tolerate(() => rememberHubId(this.#host, address, id));
    } catch (error) {
      // The command itself reports what is wrong with the hub.
      if (!(error instanceof HiveError)) throw error;
    }
  }

  /** Decides an operation on the newest state and does not land it. Throws as `submit` does. */
  async preview<K extends Kind>(
    kind: K,
    input: InputOf<K>,
    session: SessionId,
  ): Promise<Decision<ResultOf<K>>> {
    const rule = await ruleOf(kind);
    const { state } = await this.read([...rule.reads, ...ALWAYS_READ]);
    await this.refuseAhead(state.settings);
    return decide<unknown, Part, ResultOf<K>>(rule, state, await this.#operation(kind, input, session));
  }

  /**
   * Throws HiveError where this host's clock is ahead of the hub's, so that what is said of ages and of what is due would
   * be wrong. The hub is asked for its time only where its newest commit is old.
   */
  async refuseAhead(settings: Settings): Promise<void> {
    const { clock, roots } = this.#hub.store;
    const now = toInstant(this.#world.now());
    const newest = roots.newest()?.at;
    if (this.#hub.options.isOffline || judgeInstant(now, newest, undefined, settings) === "plausible") return;
    const hubTime = await clock.ask();
    if (hubTime !== undefined && judgeInstant(now, newest, hubTime, settings) === "ahead")
      throw clockAhead(now, hubTime, true);
  }

  async #operation(kind: Kind, input: unknown, session: SessionId): Promise<Operation> {
    const [op, at] = [await this.#world.newId(), toInstant(this.#world.now())];
    return { op, kind, session, at, input, ...this.marks.receiptOf(session) };
  }

  /** Fast-forwards this project to the hub's branch where the project is a clone of the hub. */
  async fastForward(project: string): Promise<void> {
    const { git, tip: ref, address } = this.#hub.store.repository;
    const oid = this.#hub.hasAnswered ? knownRef(git, ref) : null;
    if (oid === null || !looksLikeHub(project)) return;
    const { fastForwardClone } = await import("../../store/checkout/fast-forward.ts");
    const seen = { directory: git.directory, ref, oid, url: locationOf(address) };
    await fastForwardClone(project, seen, this.#world.env);
  }

  close(): void {
    this.#hub.close();
  }
}
