import { type FSWatcher, watch } from "node:fs";
import { makeDirectory } from "./files.ts";

/** The polling interval in addition to the watch, because the death of a process changes no file. */
const POLL_MS = 500;

/** The polling interval when the system can provide no watch. */
const POLL_WITHOUT_WATCH_MS = 50;

/** Reports changes in a few directories, including those between its creation and the first wait. */
export class DirectoryWatch {
  readonly #watchers: FSWatcher[] = [];
  #hasChanged = false;
  #lacksWatch = false;
  #wake: (() => void) | undefined;

  constructor(directories: readonly string[]) {
    for (const directory of directories) {
      makeDirectory(directory);
      this.#startWatcher(directory);
    }
  }

  #startWatcher(directory: string): void {
    try {
      const watcher = watch(directory, () => this.#notify());
      watcher.on("error", () => {
        this.#lacksWatch = true;
      });
      this.#watchers.push(watcher);
    } catch {
      this.#lacksWatch = true;
    }
  }

  #notify(): void {
    this.#hasChanged = true;
    this.#wake?.();
  }

  /** Resolves at the next change, after this many milliseconds, or at the polling interval, whichever is first. */
  async nextChange(milliseconds: number): Promise<void> {
    if (!this.#hasChanged) {
      const waitMs = Math.min(milliseconds, this.#lacksWatch ? POLL_WITHOUT_WATCH_MS : POLL_MS);
      let timer: NodeJS.Timeout | undefined;
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
        timer = setTimeout(resolve, waitMs);
      });
      clearTimeout(timer);
    }
    this.#hasChanged = false;
    this.#wake = undefined;
  }

  /** Closes the watch. A pending wait resolves. */
  close(): void {
    for (const watcher of this.#watchers) watcher.close();
    this.#wake?.();
  }
}
