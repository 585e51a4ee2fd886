import type { World } from "../world.ts";

const TICK_MS = 1000;
/** Returns to the start of the line and empties it. */
const CLEAR = "\r\u001b[K";

/**
 * Shows on the user's terminal what a command does and for how long, from its second second on. Nothing is shown where
 * stderr is no terminal.
 */
export class Progress {
  readonly #world: Pick<World, "err" | "isErrorTerminal">;
  #timer: NodeJS.Timeout | undefined;
  #isShown = false;

  constructor(world: Pick<World, "err" | "isErrorTerminal">) {
    this.#world = world;
  }

  start(doing: string): void {
    let seconds = 0;
    this.#timer = setInterval(() => {
      seconds++;
      if (!this.#world.isErrorTerminal()) return this.stop();
      this.#isShown = true;
      this.#world.err(`${CLEAR}${doing}... ${seconds} s`);
    }, TICK_MS).unref();
  }

  /** Empties the line, so that other output can be printed there. */
  clear(): void {
    if (this.#isShown) this.#world.err(CLEAR);
    this.#isShown = false;
  }

  stop(): void {
    clearInterval(this.#timer);
    this.clear();
  }
}
