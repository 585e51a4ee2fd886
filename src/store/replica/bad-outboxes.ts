import { join } from "node:path";
import { readText, writeAtomically } from "../host/files.ts";

/** An outbox is tried again after this time: its host may have replaced it. */
const RETRY_AFTER_MS = 3_600_000;

/** More are not remembered: then the hub has a fault that leaving out single refs does not mend. */
const MAX_REMEMBERED = 256;

interface BadOutbox {
  readonly reason: string;
  /** When it could not be fetched, in milliseconds since the epoch. */
  readonly at: number;
}

/**
 * The outboxes of other hosts that this host could not fetch from a hub. Each of them makes a fetch fail that asks for it
 * together with the branch, so later fetches leave them out.
 */
export class BadOutboxes {
  readonly #path: string;
  readonly #now: () => number;

  constructor(hubDirectory: string, now: () => number) {
    this.#path = join(hubDirectory, "bad-outboxes.json");
    this.#now = now;
  }

  /** The refs to leave out, each with the reason why it could not be fetched. */
  known(): ReadonlyMap<string, string> {
    const recent = Object.entries(this.#read()).filter(
      ([, { at }]) => Math.abs(this.#now() - at) < RETRY_AFTER_MS,
    );
    return new Map(recent.map(([ref, { reason }]) => [ref, reason]));
  }

  note(ref: string, reason: string): void {
    const all = Object.entries({ ...this.#read(), [ref]: { reason, at: this.#now() } });
    writeAtomically(this.#path, `${JSON.stringify(Object.fromEntries(all.slice(-MAX_REMEMBERED)))}\n`);
  }

  #read(): Readonly<Record<string, BadOutbox>> {
    try {
      return JSON.parse(readText(this.#path) ?? "{}");
    } catch {
      return {};
    }
  }
}
