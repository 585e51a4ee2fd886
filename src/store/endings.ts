import type { Place } from "./hub-store.ts";
import type { Helper } from "./landing/helping.ts";
import { settle } from "./landing/settle.ts";
import type { Ending } from "./outbox/ending.ts";
import type { Entry } from "./outbox/outbox.ts";

/** What the operations that one writer is done with came to, whether they landed or stay. */
export class Endings {
  readonly #place: Place;
  readonly #helper: Helper;
  readonly #own: string | undefined;
  readonly #ended = new Set<string>();
  #ending: Ending | undefined;

  /** `own` is the operation the writer's own process waits for. */
  constructor(place: Place, helper: Helper, own: string | undefined) {
    this.#place = place;
    this.#helper = helper;
    this.#own = own;
  }

  /** How the own operation ended, if it did. */
  get own(): Ending | undefined {
    return this.#ending;
  }

  has(op: string): boolean {
    return this.#ended.has(op);
  }

  /** Ends an entry, once. What was not decided does not end. */
  settle(entry: Entry, ending: Ending | undefined, trouble = entry.trouble): void {
    if (ending === undefined || this.#ended.has(entry.operation.op)) return;
    this.#ended.add(entry.operation.op);
    const isOwn = entry.operation.op === this.#own;
    // What others can see may land yet, so it has not failed.
    const mayLand = ending.kind === "failed" && this.#helper.isExposed(entry.operation);
    const end: Ending = mayLand ? { kind: "queued", why: ending.fault } : ending;
    if (isOwn) this.#ending = end;
    settle(this.#place, entry, end, isOwn, trouble);
  }
}
