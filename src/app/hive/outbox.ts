import { DEFAULT_SETTINGS } from "../../domain/hub/default-settings.ts";
import { DROPPED } from "../../domain/refusal.ts";
import type { Ulid } from "../../domain/values/ids.ts";
import type { Waiting } from "../../domain/waiting.ts";
import { canRideAlong } from "../../domain/waiting.ts";
import { DEFAULT_SECONDS, type HubOptions } from "../../hub-options.ts";
import { isAlive } from "../../store/host/process-id.ts";
import type { HubStore } from "../../store/hub-store.ts";
import { isPublished } from "../../store/landing/host-outboxes.ts";
import type { OutboxEntry } from "../../store/outbox/outbox.ts";

/** How long a command that only reads may take over what earlier ones left. */
const LEFTOVER_SECONDS = 10;

/** What this host has yet to land on one hub, for people to see and to decide on. */
export class HiveOutbox {
  readonly #store: HubStore;
  readonly #options: HubOptions;

  constructor(store: HubStore, options: HubOptions) {
    this.#store = store;
    this.#options = options;
  }

  /** How many operations wait to be sent, and how many came back refused by the rules. Signs of life do not count. */
  async count(): Promise<{ unsent: number; refused: number }> {
    if (this.#store.outbox.size === 0) return { unsent: 0, refused: 0 };
    const { waiting } = await this.list();
    const refused = waiting.filter(({ state }) => state === "refused by the rules").length;
    const riding = waiting.filter(({ state }) => state === "riding").length;
    return { unsent: waiting.length - refused - riding, refused };
  }

  /** What waits, oldest first, and where files lie that could not be read as such. */
  async list(): Promise<{ waiting: Waiting[]; broken: string[] }> {
    const { outbox } = this.#store;
    return { waiting: (await outbox.read()).map(describeWaiting), broken: outbox.brokenFiles() };
  }

  /**
   * Takes an operation out, so that it never lands. What other hosts can see has to be withdrawn on the hub first:
   * false when that has to wait until the hub answers.
   */
  async drop(op: Ulid): Promise<boolean> {
    const { outbox } = this.#store;
    const find = async () => (await outbox.read()).find(({ operation }) => operation.op === op);
    const entry = await find();
    if (entry === undefined) return true;
    if (!(await isPublished(this.#store, op))) {
      outbox.forget(entry);
      return true;
    }
    outbox.keep(entry, { by: "rules", ...DROPPED });
    if (!this.#options.isOffline) await this.#carry(false, this.#options.seconds ?? DEFAULT_SECONDS);
    return (await find()) === undefined;
  }

  /** Sends what waits, also what the hub has refused before. False when there was nothing to send. */
  async send(): Promise<boolean> {
    if (this.#options.isOffline || this.#store.outbox.size === 0) return false;
    await this.#carry(true, this.#options.seconds ?? DEFAULT_SECONDS);
    return true;
  }

  /** Sends what earlier commands left; signs of life only where this host has not pushed for a while. */
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

/** What people are told of an entry of the outbox. */
function describeWaiting(entry: OutboxEntry): Waiting {
  const { op, kind, session, at } = entry.operation;
  const { trouble } = entry;
  const why = trouble === undefined ? null : `${trouble.message} ${trouble.hint}`;
  return { op, kind, session, at, state: stateOf(entry), why };
}

function stateOf({ operation, trouble, waiter }: OutboxEntry): Waiting["state"] {
  if (trouble) return `refused by the ${trouble.by}`;
  if (waiter && isAlive(waiter)) return "sending";
  return canRideAlong(operation) ? "riding" : "unsent";
}
