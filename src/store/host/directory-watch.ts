import { type FSWatcher, mkdirSync, watch } from "node:fs";

/** That a process died makes no sound, so one looks so often anyway. */
const LOOK_MS = 500;

/** Where the system has no watch left to give. */
const LOOK_UNTOLD_MS = 50;

/** Tells that something changed in a few directories, also if it did before it was asked. */
export class DirectoryWatch {
  readonly #watchers: FSWatcher[] = [];
  #hasRung = false;
  #isDeaf = false;
  #wake: (() => void) | undefined;

  constructor(directories: readonly string[]) {
    for (const directory of directories) {
      mkdirSync(directory, { recursive: true, mode: 0o700 });
      this.#listen(directory);
    }
  }

  #listen(directory: string): void {
    try {
      const watcher = watch(directory, () => this.#ring());
      watcher.on("error", () => {
        this.#isDeaf = true;
      });
      this.#watchers.push(watcher);
    } catch {
      this.#isDeaf = true;
    }
  }

  #ring(): void {
    this.#hasRung = true;
    this.#wake?.();
  }

  /** Resolves at the next change, and at the latest after so many milliseconds or when it is time to look anyway. */
  async nextChange(milliseconds: number): Promise<void> {
    if (!this.#hasRung) {
      const most = Math.min(milliseconds, this.#isDeaf ? LOOK_UNTOLD_MS : LOOK_MS);
      let timer: NodeJS.Timeout | undefined;
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
        timer = setTimeout(resolve, most);
      });
      clearTimeout(timer);
    }
    this.#hasRung = false;
    this.#wake = undefined;
  }

  /** Whoever still listens is let go. */
  close(): void {
    for (const watcher of this.#watchers) watcher.close();
    this.#wake?.();
  }
}
