import { DEFAULT_SETTINGS } from "../../domain/hub/default-settings.ts";
import type { Ulid } from "../../domain/values/ids.ts";
import type { Waiting } from "../../domain/waiting.ts";
import { canRideAlong, gistOf } from "../../domain/waiting.ts";
import { DEFAULT_WRITE_SECONDS, type HubOptions } from "../../hub-options.ts";
import type { HubStore } from "../../store/hub-store.ts";
import type { Dropped } from "../../store/landing/drop.ts";
import { isBeingSent, type OutboxEntry } from "../../store/outbox/outbox.ts";
import type { Elsewhere, HubHere } from "./elsewhere.ts";

/** For how many seconds a command that only reads may send what earlier commands left. */
const LEFTOVER_SECONDS = 10;

/** For how many seconds dropping waits for another process that writes. */
const DROP_SECONDS = 10;

/** The operations that this host has not landed on one hub yet, as the user sees and handles them. */
export class HiveOutbox {
  readonly #store: HubStore;
  readonly #options: HubOptions;

  constructor(store: HubStore, options: HubOptions) {
    this.#store = store;
    this.#options = options;
  }

  /**
   * Counts the operations that wait to be sent and those that the rules refused. Heartbeats do not count. It stands beside
   * what was read, so an outbox that cannot be read is only noted.
   */
  async count(): Promise<{ unsent: number; refused: number }> {
    const { waiting } = await this.#listed();
    const refused = waiting.filter(({ state }) => state === "refused by the rules").length;
    const riding = waiting.filter(({ state }) => state === "riding").length;
    return { unsent: waiting.length - refused - riding, refused };
  }

  async #listed(): Promise<{ waiting: readonly Waiting[] }> {
    try {
      return this.#store.outbox.size === 0 ? { waiting: [] } : await this.list();
    } catch (error) {
      this.#store.unkept.note(error);
      return { waiting: [] };
    }
  }

  /** Returns the operations, oldest first, and the paths of files that could not be read. */
  async list(): Promise<{ waiting: Waiting[]; broken: string[] }> {
    const { outbox, now } = this.#store;
    return {
      waiting: (await outbox.read()).map((entry) => describeWaiting(entry, now())),
      broken: outbox.brokenFiles(),
    };
  }

  /**
   * Drops an operation, so that it never lands. One that other hosts can see must be withdrawn on the hub first: it is
   * "visible" while that waits for the hub's answer. It has "ended" when it landed or was refused before. Throws
   * HiveError when another process is writing.
   */
  async drop(op: Ulid): Promise<Dropped> {
    const { isOffline = false, seconds = DEFAULT_WRITE_SECONDS } = this.#options;
    const { dropFromOutbox } = await import("../../store/landing/drop.ts");
    const first = await dropFromOutbox(this.#store, op, isOffline, Math.min(seconds, DROP_SECONDS));
    if (first !== "visible" || isOffline) return first;
    await this.#carry(false, seconds);
    const isThere = (await this.#store.outbox.read()).some(({ operation }) => operation.op === op);
    return isThere ? "visible" : "dropped";
  }

  /**
   * Sends all operations, also those that the hub refused before. Returns false when there were none, or when the state
   * directory cannot be written: they stay there.
   */
  async send(): Promise<boolean> {
    if (this.#options.isOffline) return false;
    try {
      if (this.#store.outbox.size === 0) return false;
      await this.#carry(true, this.#options.seconds ?? DEFAULT_WRITE_SECONDS);
      return true;
    } catch (error) {
      this.#store.unkept.note(error);
      return false;
    }
  }

  get #here(): HubHere {
    const { host, repository, now } = this.#store;
    const { address, git, tip } = repository;
    return { host, address, git, tip, now: now() };
  }

  /** Returns what waits for this hub under its other addresses. */
  async elsewhere(): Promise<Elsewhere[]> {
    return (await import("./elsewhere.ts")).findElsewhere(this.#here);
  }

  /** Moves here what waits for this hub under its other addresses; what a process is sending there stays. */
  async moveHere(): Promise<{ moved: number; stayed: number }> {
    return (await import("./elsewhere.ts")).moveHere(this.#here);
  }

  /** Sends what earlier commands left; heartbeats only where this host has not pushed within the heartbeat window. */
  async carryLeftovers(): Promise<void> {
    const { outbox, traffic } = this.#store;
    if (outbox.size === 0) return;
    const isDue = traffic.hasLandedWithin(DEFAULT_SETTINGS.heartbeat.window)
      ? ({ state }: Waiting) => state === "unsent"
      : ({ state }: Waiting) => state === "unsent" || state === "riding";
    if ((await this.list()).waiting.some(isDue)) await this.#carry(false, LEFTOVER_SECONDS);
  }

  async #carry(insists: boolean, seconds: number): Promise<void> {
    const { landLeftovers } = await import("../../store/landing/land.ts");
    await landLeftovers(this.#store, insists, seconds);
  }
}

/** Describes an entry of the outbox for the user. */
function describeWaiting(entry: OutboxEntry, now: number): Waiting {
  const { op, kind, session, at } = entry.operation;
  const { trouble } = entry;
  const why = trouble === undefined ? null : `${trouble.message} ${trouble.hint}`;
  return { op, kind, session, at, state: stateOf(entry, now), why, ...gistOf(entry.operation) };
}

function stateOf(entry: OutboxEntry, now: number): Waiting["state"] {
  if (entry.trouble) return `refused by the ${entry.trouble.by}`;
  if (isBeingSent(entry, now)) return "sending";
  return canRideAlong(entry.operation) ? "riding" : "unsent";
}
