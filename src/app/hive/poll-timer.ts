import type { DirectoryWatch } from "../../store/host/directory-watch.ts";
import { monotonic } from "../../store/host/monotonic.ts";
import type { World } from "../../world.ts";

/** How one wait ended: the pause was over, a file of the watch changed, the user interrupted, or the whole time was up. */
export type Tick = "slept" | "woken" | "interrupted" | "timed out";

/** Waits in pauses, for so many milliseconds in all. The watch may end a wait early. */
export class PollTimer {
  readonly #world: World;
  readonly #watch: DirectoryWatch;
  #left: number;
  #rest = 0;
  #since = monotonic();
  /** The current wait on the watch. A watch takes only one at a time. */
  #change: Promise<void> | undefined;

  constructor(world: World, watch: DirectoryWatch, milliseconds: number) {
    this.#world = world;
    this.#watch = watch;
    this.#left = milliseconds;
  }

  /** Starts a pause of so many milliseconds. */
  pause(milliseconds: number): void {
    this.#spend(0);
    this.#rest = milliseconds;
  }

  /** Waits once. A pause that the watch ended early continues with the rest of its time. */
  async next(): Promise<Tick> {
    this.#spend(0);
    const milliseconds = Math.max(0, Math.min(this.#rest, this.#left));
    this.#change ??= this.#watch.nextChange(Number.POSITIVE_INFINITY).then(() => {
      this.#change = undefined;
    });
    const how = await this.#world.sleep(milliseconds, this.#change);
    this.#spend(how === "slept" ? milliseconds : 0);
    return how !== "interrupted" && this.#left <= 0 ? "timed out" : how;
  }

  /** Subtracts the time since the last call, at least `least` milliseconds, because a timer may fire a little early. */
  #spend(least: number): void {
    const now = monotonic();
    const spent = Math.max(least, now - this.#since);
    this.#since = now;
    this.#rest -= spent;
    this.#left -= spent;
  }
}
