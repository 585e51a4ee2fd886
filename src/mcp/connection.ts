import type { HandoverDraft } from "../app/handover.ts";
import { refusalOfSecret } from "../app/secrets.ts";
import { type Named, readTargets, refuseAmbiguous, type ScopedTarget, scopesOf } from "../app/targets.ts";
import { refusalFor, unregistered } from "../app/unregistered.ts";
import { readUntil } from "../app/until.ts";
import { openWorkplace, parseSession, type Workplace } from "../app/workplace/workplace.ts";
import type { ReadMarks } from "../domain/inbox/read-marks.ts";
import type { LogEntry } from "../domain/log.ts";
import type { InputOf, Kind, ResultOf } from "../domain/operations.ts";
import { notRegistered } from "../domain/refusal.ts";
import type { Part, Snapshot } from "../domain/snapshot.ts";
import type { SessionId } from "../domain/values/ids.ts";
import type { Instant } from "../domain/values/instant.ts";
import { toInstant } from "../domain/values/time.ts";
import { HiveError, RefusedError } from "../errors.ts";
import type { HubOptions } from "../hub-options.ts";
import type { World } from "../world.ts";

/** How old the state of a read may be, in seconds. Until then, calls are answered from the replica alone. */
export const FRESH_SECONDS = 5;

/** For how many seconds a write tries to land by default. Clients give up on a call after a minute. */
const WRITE_SECONDS = 30;

/** Why the state may be old, and when it was last fetched. */
interface Outdated {
  readonly message: string;
  readonly seen_at: string | undefined;
}

/**
 * The result of a read. `outdated` is present only where the hub did not answer, `unchosen` only where nobody chose the
 * hub for this project, so that it cannot be written to.
 */
export interface ReadResult<P extends Part> {
  readonly state: Pick<Snapshot, P>;
  readonly freshness: {
    readonly outdated?: Outdated;
    readonly unchosen?: { readonly message: string; readonly hint: string };
  };
}

/** How a write ended: landed on the hub, or queued on this host. */
export type Written<Result> =
  | { readonly landed: true; readonly result: Result }
  | { readonly landed: false; readonly queued: object };

/** What the calls of one server share: the hub, which the first call opens and which stays open. */
interface Shared {
  opened: OpenedHub | undefined;
}

/** An opened hub and its calls. Once it is given up, the last of its calls closes it, because the others still read it. */
class OpenedHub {
  readonly #workplace: Promise<Workplace>;
  #calls = 0;
  #isGivenUp = false;

  constructor(workplace: Promise<Workplace>) {
    this.#workplace = workplace;
  }

  /** Runs a call. Where opening or the call fails, a later call may find the hub repaired, so this one is given up. */
  async use<Value>(act: (workplace: Workplace) => Value | Promise<Value>): Promise<Value> {
    this.#calls += 1;
    try {
      const workplace = await this.#workplace.catch((error: unknown) => {
        this.#isGivenUp = true;
        throw error;
      });
      return await act(workplace);
    } catch (error) {
      if (error instanceof HiveError && error.failure === "failed") this.#isGivenUp = true;
      throw error;
    } finally {
      this.#calls -= 1;
      await this.#closeUnused();
    }
  }

  get isGivenUp(): boolean {
    return this.#isGivenUp;
  }

  giveUp(): Promise<void> {
    this.#isGivenUp = true;
    return this.#closeUnused();
  }

  async #closeUnused(): Promise<void> {
    if (!this.#isGivenUp || this.#calls > 0) return;
    (await this.#workplace.catch(() => undefined))?.hive.close();
  }
}

const NAMES_HINT = "Call sync without as: it lists the sessions.";

/** The connection of one server to its hub. Reads fetch at most every `FRESH_SECONDS`. */
export class HubConnection {
  readonly #world: World;
  readonly #options: HubOptions;
  readonly #shared: Shared;
  /** The session that a call names as its author. */
  readonly #as: string | undefined;

  constructor(world: World, options: HubOptions, shared: Shared = { opened: undefined }) {
    this.#world = world;
    this.#options = { seconds: WRITE_SECONDS, freshFor: FRESH_SECONDS, ...definedOptions(options) };
    this.#shared = shared;
    this.#as = options.as;
  }

  /**
   * The same connection for a call that names its author. Throws RefusedError and HiveError for a name that nobody has, and
   * for one that another running session has.
   */
  async acting(as: string): Promise<HubConnection> {
    const session = parseSession(as);
    const { state } = await this.read(["sessions"]);
    await this.#withWorkplace(async (workplace) => {
      const { isRetired, refusal } = await unregistered(workplace.hive, session);
      if (isRetired && !state.sessions.has(session)) throw new RefusedError(refusal);
      if (!state.sessions.has(session) && !workplace.isOwnName(session))
        throw new RefusedError({ ...notRegistered(session), hint: NAMES_HINT });
      workplace.refuseNameOfAnother(session);
    });
    return new HubConnection(this.#world, { ...this.#options, as }, this.#shared);
  }

  get now(): string {
    return toInstant(this.#world.now());
  }

  /** Returns the hub's address, without secrets. Throws HiveError. */
  hub(): Promise<string> {
    return this.#withWorkplace(({ hive }) => hive.name);
  }

  /** Returns the author. Throws HiveError when the author is not known. */
  session(): Promise<SessionId> {
    return this.#withWorkplace(({ identity }) => identity().session);
  }

  knownSession(): Promise<SessionId | undefined> {
    return this.#withWorkplace(({ knownIdentity }) => knownIdentity()?.session);
  }

  /**
   * Reads keys and paths for operations. Paths belong to the project in which the server was started. Throws HiveError.
   */
  targets(texts: readonly string[]): Promise<Named> {
    return readTargets(this.#world, texts, undefined);
  }

  /** Returns targets with the scopes in which claims may hold them. */
  scopes(named: Named): Promise<ScopedTarget[]> {
    return scopesOf(this.#world, named);
  }

  /** Throws HiveError for a text that may be a key or a file. */
  refuseAmbiguous(texts: readonly string[]): Promise<void> {
    return refuseAmbiguous(this.#world, texts);
  }

  /** Returns the instant of a text such as `2h`; undefined without a text. Throws HiveError. */
  until(text: string | undefined): Promise<Instant | undefined> {
    return readUntil(this.#world, text);
  }

  /** Drafts a handover of a request or of the author's work. Throws RefusedError and HiveError. */
  async draft(request: string | undefined): Promise<HandoverDraft> {
    const { draftHandover } = await import("../app/handover.ts");
    const draft = await this.#withWorkplace((workplace) => draftHandover(this.#world, workplace, request));
    if ("kind" in draft) throw new RefusedError(draft);
    return draft;
  }

  /** Returns what a session has read, as far as this host knows. */
  marks(session: SessionId): Promise<ReadMarks> {
    return this.#withWorkplace(({ hive }) => hive.marks.load(session));
  }

  /** Saves what a session has read, if it changed. */
  async saveMarks(session: SessionId, before: ReadMarks, after: ReadMarks): Promise<void> {
    if (JSON.stringify(before) === JSON.stringify(after)) return;
    await this.#withWorkplace(({ hive }) => hive.keepMarks(session, after));
  }

  /** Returns how many operations wait on this host to be sent. */
  unsent(): Promise<number> {
    return this.#withWorkplace(async ({ hive }) => (await hive.outbox.count()).unsent);
  }

  /** Returns the newest entries of the log that this host knows. Throws HiveError. */
  lately(): Promise<LogEntry[]> {
    return this.#withWorkplace(({ hive }) => hive.history.lately());
  }

  /** Reads parts of the hub, at most `FRESH_SECONDS` old where the hub answers. Throws HiveError. */
  async read<P extends Part>(parts: readonly P[]): Promise<ReadResult<P>> {
    const { state, outdated, seenAt, unchosen } = await this.#withWorkplace(async (workplace) => {
      await workplace.reportDepartures();
      const { hive } = workplace;
      return { ...(await hive.read(parts)), unchosen: hive.unchosen };
    });
    const freshness = {
      ...(unchosen && { unchosen: { message: unchosen.message, hint: unchosen.hint } }),
      ...(outdated && { outdated: { message: outdated.message, seen_at: seenAt } }),
    };
    return { state, freshness };
  }

  /**
   * Decides and lands one operation of the author. Without `force`, refuses a text that looks like it has a secret.
   * Throws RefusedError, HiveError and ZodError.
   */
  async submit<K extends Kind>(kind: K, input: InputOf<K>, force = false): Promise<Written<ResultOf<K>>> {
    const secret = force ? undefined : await refusalOfSecret(kind, input);
    if (secret !== undefined) throw new RefusedError(secret);
    const submitted = await this.#withWorkplace(async ({ hive, identity, fastForward }) => {
      hive.refuseUnchosen();
      const { session, registration } = identity();
      const ended = await hive.submit(kind, input, session, registration);
      await fastForward();
      return ended.kind === "refusal" ? refusalFor(hive, ended, session) : ended;
    });
    if (submitted.kind === "refusal") throw new RefusedError(submitted);
    if (submitted.kind === "landed") return { landed: true, result: submitted.result };
    if (submitted.kind === "kept") return { landed: false, queued: { op: submitted.op } };
    const { code, message, hint } = submitted.why;
    return { landed: false, queued: { op: submitted.op, code, message, hint } };
  }

  async close(): Promise<void> {
    const { opened } = this.#shared;
    this.#shared.opened = undefined;
    await opened?.giveUp();
  }

  /** Runs an action on the workplace. The next call opens the hub again where it was given up. */
  #withWorkplace<Value>(act: (workplace: Workplace) => Value | Promise<Value>): Promise<Value> {
    const { opened } = this.#shared;
    const open = () => new OpenedHub(openWorkplace(this.#world, this.#options));
    this.#shared.opened = opened === undefined || opened.isGivenUp ? open() : opened;
    return this.#shared.opened.use((workplace) => act(this.#ofAuthor(workplace)));
  }

  /** The workplace for the author that the call names, so that no part of a call can act as another one. */
  #ofAuthor(workplace: Workplace): Workplace {
    const author = this.#as;
    return {
      ...workplace,
      identity: (as = author) => workplace.identity(as),
      knownIdentity: (as = author) => workplace.knownIdentity(as),
    };
  }
}

/** Returns the options without undefined values, so that they do not replace defaults. */
function definedOptions(options: HubOptions): HubOptions {
  return Object.fromEntries(Object.entries(options).filter(([, value]) => value !== undefined));
}
