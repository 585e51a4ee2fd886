import { monotonic } from "./monotonic.ts";
import type { Liveness, ProcessId } from "./process-id.ts";

/** The owner of a lock. */
export interface LockHolder {
  readonly number: number;
  readonly owner: ProcessId;
  readonly liveness: Liveness;
  /** Changes with each sign of life. */
  readonly sign: string;
}

/** An owner that cannot be judged and gives no sign of life for this long is succeeded. It gives one each second. */
const SILENT_OWNER_MS = 5000;

/** An owner that keeps the lock for longer than this is stuck or is not a writer. No git command may take this long. */
const STUCK_OWNER_MS = 40_000;

/** Measures on the monotonic clock of this process how long a lock has had the same owner, and how long that is silent. */
export class OwnerWatch {
  readonly #now: () => number;
  readonly #begun: number;
  #holder: LockHolder | undefined;
  #since: number;
  #silentSince: number;
  #hasSeenLife = false;

  constructor(now = monotonic) {
    this.#now = now;
    this.#begun = now();
    this.#since = this.#begun;
    this.#silentSince = this.#begun;
  }

  observe(holder: LockHolder | undefined): void {
    const now = this.#now();
    const isSame = holder?.number === this.#holder?.number;
    if (!isSame) this.#since = now;
    if (!isSame || holder?.sign !== this.#holder?.sign) {
      this.#silentSince = now;
      if (this.#holder !== undefined) this.#hasSeenLife = true;
    }
    this.#holder = holder;
  }

  /** The number of the lock that may be taken from its owner; undefined while its owner may live and work. */
  get passable(): number | undefined {
    const isSilent =
      this.#holder?.liveness === "unknown" && this.#now() - this.#silentSince > SILENT_OWNER_MS;
    return isSilent || this.#now() - this.#since > STUCK_OWNER_MS ? this.#holder?.number : undefined;
  }

  /** Whether the owner cannot be judged and has not given a sign of life yet. */
  get isUndecided(): boolean {
    return this.#holder?.liveness === "unknown" && !this.#hasSeenLife;
  }

  get watchedMs(): number {
    return this.#now() - this.#begun;
  }
}
