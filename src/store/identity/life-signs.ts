import type { Host } from "../host/state-directory.ts";
import { Stamp } from "./tool-memory.ts";

/**
 * When a coding tool's session last told its hub that it lives. The hook after a tool's use ends at once where that was
 * told just now, so this has a file of its own before the first use: a session that only started has not worked.
 */
export class LifeSigns {
  readonly #started: Stamp | undefined;
  readonly #used: Stamp | undefined;

  constructor(host: Pick<Host, "beatsDirectory" | "startsDirectory">, id: string) {
    this.#started = Stamp.named(host.startsDirectory, id);
    this.#used = Stamp.named(host.beatsDirectory, id);
  }

  areYoungerThan(seconds: number, now: number): boolean {
    return [this.#used, this.#started].some((stamp) => stamp?.isYoungerThan(seconds, now));
  }

  /** The hub was told that the session lives. */
  noteLife(now: number): void {
    (this.#used?.exists ? this.#used : this.#started)?.set(now);
  }

  /** The hub was told that the session used a tool, or the session has no name yet. */
  noteUse(now: number): void {
    this.#used?.set(now);
  }

  /** The hook after the next use of a tool does not end at once. */
  expectUse(): void {
    this.#used?.clear();
  }

  /** What was told before no longer counts, because the session ended or has another name. */
  clear(): void {
    this.#started?.clear();
    this.#used?.clear();
  }
}
