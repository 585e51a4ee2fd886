import type { DirectoryWatch } from "../../store/host/directory-watch.ts";
import { monotonic } from "../../store/host/monotonic.ts";
import type { World } from "../../world.ts";

/** How one wait ended: the pause was over, something on this host moved, the user stopped it, all the time was up. */
export type Tick = "slept" | "woken" | "interrupted" | "timed out";

/** Time that passes in pauses, of which a bell may end a turn early, for so many milliseconds in all. */
export class PollTimer {
  readonly #world: World;
  readonly #watch: DirectoryWatch;
  #left: number;
  #rest = 0;
  #since = monotonic();
  /** Only one at a time may listen to a bell. */
  #heard: Promise<void> | undefined;

  constructor(world: World, watch: DirectoryWatch, milliseconds: number) {
    this.#world = world;
    this.#watch = watch;
    this.#left = milliseconds;
  }

  /** From now on it is so many milliseconds to the end of the pause. */
  pause(milliseconds: number): void {
    this.#spend(0);
    this.#rest = milliseconds;
  }

  /** The next turn; a pause that was broken off by the bell goes on with what is left of it. */
  async next(): Promise<Tick> {
    this.#spend(0);
    const most = Math.max(0, Math.min(this.#rest, this.#left));
    this.#heard ??= this.#watch.nextChange(Number.POSITIVE_INFINITY).then(() => {
      this.#heard = undefined;
    });
    const how = await this.#world.sleep(most, this.#heard);
    this.#spend(how === "slept" ? most : 0);
    return how !== "interrupted" && this.#left <= 0 ? "timed out" : how;
  }

  /** What the clock says, or at least so much: a timer may be a little early. */
  #spend(least: number): void {
    const now = monotonic();
    const spent = Math.max(least, now - this.#since);
    this.#since = now;
    this.#rest -= spent;
    this.#left -= spent;
  }
}
