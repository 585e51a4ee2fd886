import type { HandoverDraft } from "../app/handover.ts";
import { type Named, readTargets, refuseDoubtful } from "../app/targets.ts";
import { readUntil } from "../app/until.ts";
import { openWorkplace, type Workplace } from "../app/workplace/workplace.ts";
import type { ReadMarks } from "../domain/inbox/read-marks.ts";
import type { InputOf, Kind, ResultOf } from "../domain/operations.ts";
import type { Part, Snapshot } from "../domain/snapshot.ts";
import type { SessionId } from "../domain/values/ids.ts";
import type { Instant } from "../domain/values/instant.ts";
import { toInstant } from "../domain/values/time.ts";
import { HiveError, RefusedError } from "../errors.ts";
import type { HubOptions } from "../hub-options.ts";
import type { World } from "../world.ts";

/** How old may be what a call reads, in seconds: within it, calls are answered from the replica alone. */
export const FRESH_SECONDS = 5;

/** How long a write waits to land where nobody says: clients give up on a call after a minute. */
const WRITE_SECONDS = 30;

/** Why what was read may be old, and as of when it is. */
interface Outdated {
  readonly message: string;
  readonly seen_at: string | null;
}

/** What a read came to; `outdated` stands there only where the hub gave no answer. */
export interface Seen<P extends Part> {
  readonly state: Pick<Snapshot, P>;
  readonly freshness: { readonly outdated?: Outdated };
}

/** How a write ended: on the hub, or waiting on this host to be sent. */
export type Written<Result> =
  | { readonly landed: true; readonly result: Result }
  | { readonly landed: false; readonly queued: object };

/** The hub as one server works on it: opened by the first call that needs it, kept open, asked only now and then. */
export class HubConnection {
  readonly #world: World;
  readonly #options: HubOptions;
  #opened: Promise<Workplace> | undefined;

  constructor(world: World, options: HubOptions) {
    this.#world = world;
    this.#options = { seconds: WRITE_SECONDS, freshFor: FRESH_SECONDS, ...given(options) };
  }

  get now(): string {
    return toInstant(this.#world.now());
  }

  /** Which hub it is, without secrets. Throws HiveError. */
  async hub(): Promise<string> {
    return (await this.#workplace()).hive.name;
  }

  /** Who acts. Throws HiveError when that is not known. */
  async session(): Promise<SessionId> {
    return (await this.#workplace()).identity().session;
  }

  async knownSession(): Promise<SessionId | undefined> {
    return (await this.#workplace()).knownIdentity()?.session;
  }

  /**
   * Keys and paths as operations take them; paths are those of the project that the server was started in. Throws
   * HiveError.
   */
  targets(texts: readonly string[]): Promise<Named> {
    return readTargets(this.#world, texts, undefined);
  }

  /** Refuses what may be meant as a key or as a file. Throws HiveError. */
  refuseDoubtful(texts: readonly string[]): Promise<void> {
    return refuseDoubtful(this.#world, texts);
  }

  /** The instant that somebody names, where somebody does. Throws HiveError. */
  until(text: string | undefined): Promise<Instant | undefined> {
    return readUntil(this.#world, text);
  }

  /** The start of a handover, of a request or of the work itself. Throws RefusedCall and HiveError. */
  async draft(request: string | undefined): Promise<HandoverDraft> {
    const { draftHandover } = await import("../app/handover.ts");
    const draft = await this.#openly((workplace) => draftHandover(this.#world, workplace, request));
    if ("kind" in draft) throw new RefusedError(draft);
    return draft;
  }

  /** What this host knows of what a session has read. */
  async marks(session: SessionId): Promise<ReadMarks> {
    return (await this.#workplace()).hive.marks.load(session);
  }

  /** Keeps what a session has read, where that is news. */
  async keep(session: SessionId, before: ReadMarks, after: ReadMarks): Promise<void> {
    if (JSON.stringify(before) === JSON.stringify(after)) return;
    (await this.#workplace()).hive.marks.save(session, after);
  }

  /** How many operations wait on this host to be sent. */
  async unsent(): Promise<number> {
    return (await (await this.#workplace()).hive.outbox.count()).unsent;
  }

  /** Parts of the hub, at most `FRESH_SECONDS` old where the hub answers. Throws HiveError. */
  async read<P extends Part>(parts: readonly P[]): Promise<Seen<P>> {
    const { state, outdated, seenAt } = await this.#openly(({ hive }) => hive.read(parts));
    if (outdated === undefined) return { state, freshness: {} };
    return { state, freshness: { outdated: { message: outdated.message, seen_at: seenAt ?? null } } };
  }

  /** Decides and lands one operation as whoever acts here. Throws RefusedCall, HiveError and ZodError. */
  async submit<K extends Kind>(kind: K, input: InputOf<K>): Promise<Written<ResultOf<K>>> {
    const submitted = await this.#openly(async ({ hive, identity, fastForward }) => {
      const { session, registration } = identity();
      const ended = await hive.submit(kind, input, session, registration);
      await fastForward();
      return ended;
    });
    if (submitted.kind === "refusal") throw new RefusedError(submitted);
    if (submitted.kind === "landed") return { landed: true, result: submitted.result };
    if (submitted.kind === "kept") return { landed: false, queued: { op: submitted.op } };
    const { code, message, hint } = submitted.why;
    return { landed: false, queued: { op: submitted.op, code, message, hint } };
  }

  async close(): Promise<void> {
    const opened = this.#opened;
    this.#opened = undefined;
    (await opened?.catch(() => undefined))?.hive.close();
  }

  /** What fails may have been mended by the next call, as by `hive init` or `hive doctor --fix`: that opens the hub anew. */
  async #openly<Value>(act: (workplace: Workplace) => Promise<Value>): Promise<Value> {
    try {
      return await act(await this.#workplace());
    } catch (error) {
      if (error instanceof HiveError && error.failure === "failed") await this.close();
      throw error;
    }
  }

  async #workplace(): Promise<Workplace> {
    const opening = this.#opened ?? openWorkplace(this.#world, this.#options);
    this.#opened = opening;
    try {
      return await opening;
    } catch (error) {
      if (this.#opened === opening) this.#opened = undefined;
      throw error;
    }
  }
}

/** What was chosen, without what was left open. */
function given(options: HubOptions): HubOptions {
  return Object.fromEntries(Object.entries(options).filter(([, value]) => value !== undefined));
}
