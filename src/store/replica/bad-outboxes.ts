import { join } from "node:path";
import { OUTBOXES } from "../git/ref-names.ts";
import { readText, writeAtomically } from "../host/files.ts";

/** An outbox is tried again after this time: its host may have replaced it. */
const RETRY_AFTER_MS = 3_600_000;

/** More are not remembered: then the hub has a fault that leaving out single refs does not mend. */
const MAX_REMEMBERED = 256;

/** With more bad outboxes than this, the others are asked for one by one too. */
const MAX_LEFT_OUT = 16;

/**
 * How a refresh gets outboxes: all of them together with the branch, or a limited number that it chooses from a list,
 * or none.
 */
export type OutboxFetch = "all" | "chosen" | "none";

interface BadOutbox {
  readonly reason: string;
  /** When it could not be fetched or read, in milliseconds since the epoch. */
  readonly at: number;
  /** The commit that the ref had; undefined when it is not known. */
  readonly commit?: string | undefined;
  /** How outboxes are fetched meanwhile, when the reason is about all of them. */
  readonly fetch?: Exclude<OutboxFetch, "all">;
}

/**
 * The outboxes of other hosts that this host could not fetch from a hub or that are too large to be read. Each of
 * them makes a fetch fail, or makes it slow, that asks for it together with the branch, so later fetches leave them out.
 */
export class BadOutboxes {
  readonly #path: string;
  readonly #now: () => number;

  constructor(hubDirectory: string, now: () => number) {
    this.#path = join(hubDirectory, "bad-outboxes.json");
    this.#now = now;
  }

  /** The refs to leave out, each with the reason why. All of them together are `refs/hive/outbox/*`. */
  known(): ReadonlyMap<string, string> {
    return new Map(this.#recent().map(([ref, { reason }]) => [ref, reason]));
  }

  /** The refs to leave out of a fetch that asks for all others. */
  refs(): string[] {
    return [...this.known().keys()].filter((ref) => ref !== ALL);
  }

  /** Returns a function that tells whether a ref is to be left out while it has a commit. It reads the file once. */
  finder(): (ref: string, commit: string) => boolean {
    const recent = new Map(this.#recent());
    return (ref, commit) => {
      const bad = recent.get(ref);
      return bad !== undefined && (bad.commit ?? commit) === commit;
    };
  }

  get fetch(): OutboxFetch {
    const recent = this.#recent();
    const all = recent.find(([ref]) => ref === ALL)?.[1].fetch;
    return all ?? (recent.length > MAX_LEFT_OUT ? "chosen" : "all");
  }

  note(ref: string, reason: string, commit?: string): void {
    this.#save(ref, { reason, at: this.#now(), commit });
  }

  /** Records that outboxes as a whole make a refresh slow. */
  noteAll(fetch: Exclude<OutboxFetch, "all">, reason: string): void {
    this.#save(ALL, { reason, at: this.#now(), fetch });
  }

  #save(ref: string, bad: BadOutbox): void {
    const { [ref]: _, ...others } = this.#read();
    const kept = Object.entries(others).slice(1 - MAX_REMEMBERED);
    writeAtomically(this.#path, `${JSON.stringify(Object.fromEntries([...kept, [ref, bad]]))}\n`);
  }

  #recent(): [string, BadOutbox][] {
    return Object.entries(this.#read()).filter(([, { at }]) => Math.abs(this.#now() - at) < RETRY_AFTER_MS);
  }

  #read(): Readonly<Record<string, BadOutbox>> {
    try {
      return JSON.parse(readText(this.#path) ?? "{}");
    } catch {
      return {};
    }
  }
}

const ALL = `${OUTBOXES}/*`;
