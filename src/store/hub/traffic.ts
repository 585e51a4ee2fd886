import { join } from "node:path";
import { readText, writeAtomically } from "../host/files.ts";
import { Unkept } from "../host/unkept.ts";

/** What this host remembers of its hub's traffic, to choose between fetching first and pushing first. */
interface TrafficRecord {
  /** How long a push takes, in milliseconds. */
  readonly push: number;
  /** When this host last landed an operation, and when it last fetched, by this host's clock. */
  readonly landedAt: number;
  readonly lookedAt: number;
  /** When this host last knew the hub's newest state; 0 for never. */
  readonly seenAt: number;
  /** Whether other hosts had written before its last fetch. */
  readonly isBusy: boolean;
  /** When other hosts were last seen writing at the same time. */
  readonly crowdedAt: number;
  /** When the hub last refused the outbox of a host; 0 for never. */
  readonly plainAt: number;
}

const INITIAL_RECORD: TrafficRecord = {
  push: 100,
  landedAt: 0,
  lookedAt: 0,
  seenAt: 0,
  isBusy: false,
  crowdedAt: 0,
  plainAt: 0,
};

const OUTBOX_RETRY_MS = 86_400_000;

/** Observations older than this many push durations are ignored. */
const RECENT_PUSHES = 20;

/**
 * For this many push durations after a success, a host still fetches first, so that it sees and lands the operations
 * of other hosts.
 */
const FETCH_FIRST_PUSHES = 5;

/** Stores hints only. Losing them, or a clock that jumps, costs only time. */
export class HubTraffic {
  readonly #path: string;
  readonly #now: () => number;
  readonly #unkept: Unkept;
  #record: TrafficRecord;

  constructor(hubDirectory: string, now: () => number, unkept = new Unkept(hubDirectory)) {
    this.#unkept = unkept;
    this.#path = join(hubDirectory, "pace.json");
    this.#now = now;
    this.#record = loadRecord(this.#path);
  }

  get push(): number {
    return this.#record.push;
  }

  /** Whether the hub refuses outboxes of hosts. It may accept them later, so it is tried again after a day. */
  get refusesOutboxes(): boolean {
    return this.#isWithin(this.#record.plainAt, OUTBOX_RETRY_MS);
  }

  /**
   * Whether hosts compete at the moment, so that waiting operations are published on the hub for other hosts to land.
   */
  get isCrowded(): boolean {
    return this.#isWithin(this.#record.crowdedAt, this.#record.push * RECENT_PUSHES);
  }

  /**
   * Whether to fetch before building on the known state. A host that just won gets no refusal, so nothing else would
   * make it let other hosts in; when it was alone recently, it fetches only sometimes. When other hosts write and
   * this host has not fetched for a while, its state is old and a push would be refused.
   */
  get fetchesFirst(): boolean {
    const { landedAt, lookedAt, seenAt, isBusy, push } = this.#record;
    const [fetchFirstMs, recentMs] = [push * FETCH_FIRST_PUSHES, push * RECENT_PUSHES];
    const isAlone = !isBusy && !this.isCrowded && this.#isWithin(lookedAt, fetchFirstMs);
    const hasWon = this.#isWithin(landedAt, fetchFirstMs) && !isAlone;
    return hasWon || (isBusy && !this.#isWithin(seenAt, recentMs));
  }

  /** Whether this host landed an operation at most this many seconds ago. */
  hasLandedWithin(seconds: number): boolean {
    return this.#isWithin(this.#record.landedAt, seconds * 1000);
  }

  /** When this host last knew the hub's newest state, in milliseconds since the epoch; 0 for never. */
  get seenAt(): number {
    return this.#record.seenAt;
  }

  /** Records that the newest state is known now. */
  stateSeen(): void {
    this.#update({ seenAt: this.#now() });
  }

  landed(took: number): void {
    const push = this.#record.landedAt === 0 ? took : (this.#record.push * 3 + took) / 4;
    this.#update({ push, landedAt: this.#now(), seenAt: this.#now() });
  }

  /**
   * Records a fetch: whether other hosts had written since the last one, and whether they have operations waiting.
   */
  fetched(isBusy: boolean, isCrowded: boolean): void {
    const now = this.#now();
    const crowdedAt = isCrowded ? now : isBusy ? this.#record.crowdedAt : 0;
    this.#update({ isBusy, crowdedAt, lookedAt: now, seenAt: now });
  }

  /** Records a lost race. */
  lost(): void {
    this.#update({ isBusy: true, crowdedAt: this.#now() });
  }

  /** Records that the hub refuses outboxes, so that this host does not publish its own for a day. */
  outboxRefused(): void {
    this.#update({ plainAt: this.#now() });
  }

  #isWithin(instant: number, milliseconds: number): boolean {
    const age = this.#now() - instant;
    return age >= 0 && age < milliseconds;
  }

  #update(changes: Partial<TrafficRecord>): void {
    this.#record = { ...this.#record, ...changes };
  }

  /** Saves the record for the next process. A disk that cannot be written does not fail the command. */
  save(): void {
    this.#unkept.tolerate(() => writeAtomically(this.#path, JSON.stringify(this.#record)));
  }
}

function loadRecord(path: string): TrafficRecord {
  try {
    return { ...INITIAL_RECORD, ...(JSON.parse(readText(path) ?? "{}") as Partial<TrafficRecord>) };
  } catch {
    return INITIAL_RECORD;
  }
}
