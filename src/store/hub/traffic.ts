import { join } from "node:path";
import { readText, writeAtomically } from "../host/files.ts";

/** What this host remembers of its hub's traffic, to choose between asking first and pushing first. */
interface TrafficRecord {
  /** How long a push takes here, in milliseconds. */
  readonly push: number;
  /** When this host last landed something, and when it last looked at the hub, by this host's clock. */
  readonly landedAt: number;
  readonly lookedAt: number;
  /** When it last knew the hub's newest state; 0 for never. */
  readonly seenAt: number;
  /** Whether other hosts had written when it last looked. */
  readonly isBusy: boolean;
  /** When other hosts were last seen to write at the same time. */
  readonly crowdedAt: number;
  /** When the hub last refused the outbox of a host; 0 for never. */
  readonly plainAt: number;
}

const NOTHING: TrafficRecord = {
  push: 100,
  landedAt: 0,
  lookedAt: 0,
  seenAt: 0,
  isBusy: false,
  crowdedAt: 0,
  plainAt: 0,
};

const PLAIN_FOR_MS = 86_400_000;

/** What was so many pushes' time ago tells nothing about now. */
const LATELY = 20;

/** So many pushes' time after a success, a host still asks first: it has to see, and carry, what others wait with. */
const RECENT = 5;

/** Hints only: losing them, or a clock that jumps, costs time and nothing else. */
export class HubTraffic {
  readonly #path: string;
  readonly #now: () => number;
  #memory: TrafficRecord;

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

  /** Whether hosts compete right now, so that what waits is left on the hub for others to carry. */
  get isCrowded(): boolean {
    return this.#isWithin(this.#memory.crowdedAt, this.#memory.push * LATELY);
  }

  /**
   * Whether to look at the hub before building on what is known. A host that just won sees no refusal, so nothing
   * else would ever make it let others in; where it was alone lately, it looks only now and then. And where others
   * write and it has not looked for a while, what it knows is old: a push would be refused.
   */
  get asksFirst(): boolean {
    const { landedAt, lookedAt, seenAt, isBusy, push } = this.#memory;
    const [recent, lately] = [push * RECENT, push * LATELY];
    const isAlone = !isBusy && !this.isCrowded && this.#isWithin(lookedAt, recent);
    const hasWon = this.#isWithin(landedAt, recent) && !isAlone;
    return hasWon || (isBusy && !this.#isWithin(seenAt, lately));
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

  /** It looked at the hub: whether others had written since, and whether they wait to write now. */
  looked(isBusy: boolean, isCrowded: boolean): void {
    const now = this.#now();
    const crowdedAt = isCrowded ? now : isBusy ? this.#memory.crowdedAt : 0;
    this.#remember({ isBusy, crowdedAt, lookedAt: now, seenAt: now });
  }

  /** Somebody else was faster. */
  lost(): void {
    this.#remember({ isBusy: true, crowdedAt: this.#now() });
  }

  /** The hub refuses outboxes: for now this host does without. */
  staysPlain(): void {
    this.#remember({ plainAt: this.#now() });
  }

  #isWithin(instant: number, milliseconds: number): boolean {
    const age = this.#now() - instant;
    return age >= 0 && age < milliseconds;
  }

  #remember(news: Partial<TrafficRecord>): void {
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

function read(path: string): TrafficRecord {
  try {
    return { ...NOTHING, ...(JSON.parse(readText(path) ?? "{}") as Partial<TrafficRecord>) };
  } catch {
    return NOTHING;
  }
}
