import { join } from "node:path";
import { readText, writeAtomically } from "./files.ts";

/** What this host remembers of its hub's traffic, to choose between asking first and pushing first. */
interface Memory {
  /** How long a push takes here, in milliseconds. */
  readonly push: number;
  /** When this host last landed something, and when it last looked at the hub, by this host's clock. */
  readonly landedAt: number;
  readonly lookedAt: number;
  /** When it last knew the hub's newest state; 0 for never. */
  readonly seenAt: number;
  /** Whether other hosts were writing when it last looked. */
  readonly isCrowded: boolean;
  /** When the hub last refused the outbox of a host; 0 for never. */
  readonly plainAt: number;
}

const NOTHING: Memory = { push: 100, landedAt: 0, lookedAt: 0, seenAt: 0, isCrowded: false, plainAt: 0 };

const PLAIN_FOR_MS = 86_400_000;

/** So many pushes' time after a success, a host still asks first: it has to see, and carry, what others wait with. */
const RECENT = 5;

/** Hints only: losing them, or a clock that jumps, costs time and nothing else. */
export class Pace {
  readonly #path: string;
  readonly #now: () => number;
  #memory: Memory;

  constructor(hubDirectory: string, now: () => number) {
    this.#path = join(hubDirectory, "pace.json");
    this.#now = now;
    this.#memory = read(this.#path);
  }

  get push(): number {
    return this.#memory.push;
  }

  /** The hub takes no outboxes of hosts. It may have learned to, so after a day it is tried again. */
  get isPlain(): boolean {
    return this.#isWithin(this.#memory.plainAt, PLAIN_FOR_MS);
  }

  /** Whether waiting operations go along with the next push, for others to carry. */
  get isCrowded(): boolean {
    return this.#memory.isCrowded;
  }

  /**
   * Whether to look at the hub before building on what is known. A host that just won sees no refusal, so nothing
   * else would ever make it let others in; where it was alone lately, it looks only now and then.
   */
  get asksFirst(): boolean {
    const { landedAt, lookedAt, isCrowded } = this.#memory;
    const recent = this.#memory.push * RECENT;
    return this.#isWithin(landedAt, recent) && (isCrowded || !this.#isWithin(lookedAt, recent));
  }

  /** Whether this host landed something so many seconds ago or less. */
  hasLandedWithin(seconds: number): boolean {
    return this.#isWithin(this.#memory.landedAt, seconds * 1000);
  }

  /** When this host last knew the hub's newest state, in milliseconds since the epoch; 0 for never. */
  get seenAt(): number {
    return this.#memory.seenAt;
  }

  /** The newest state is known now. */
  saw(): void {
    this.#remember({ seenAt: this.#now() });
  }

  landed(took: number): void {
    const push = this.#memory.landedAt === 0 ? took : (this.#memory.push * 3 + took) / 4;
    this.#remember({ push, landedAt: this.#now(), seenAt: this.#now() });
  }

  looked(isCrowded: boolean): void {
    this.#remember({ isCrowded, lookedAt: this.#now(), seenAt: this.#now() });
  }

  lost(): void {
    this.#remember({ isCrowded: true });
  }

  /** The hub refuses outboxes: for now this host does without. */
  staysPlain(): void {
    this.#remember({ plainAt: this.#now() });
  }

  #isWithin(instant: number, milliseconds: number): boolean {
    const age = this.#now() - instant;
    return age >= 0 && age < milliseconds;
  }

  #remember(news: Partial<Memory>): void {
    this.#memory = { ...this.#memory, ...news };
  }

  /** Keeps what was learned for the next process; a disk that takes nothing is no reason to fail. */
  save(): void {
    try {
      writeAtomically(this.#path, JSON.stringify(this.#memory));
    } catch {
      return;
    }
  }
}

function read(path: string): Memory {
  try {
    return { ...NOTHING, ...(JSON.parse(readText(path) ?? "{}") as Partial<Memory>) };
  } catch {
    return NOTHING;
  }
}
