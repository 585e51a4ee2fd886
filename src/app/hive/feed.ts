import { dirname, join } from "node:path";
import type { LogEntry } from "../../domain/log.ts";
import type { Part } from "../../domain/snapshot.ts";
import { HiveError } from "../../errors.ts";
import type { HubOptions } from "../../hub-options.ts";
import { isDescendant, readHistory } from "../../store/git/history.ts";
import { knownRef, refStamp } from "../../store/git/refs.ts";
import { DirectoryWatch } from "../../store/host/directory-watch.ts";
import type { HubStore } from "../../store/hub-store.ts";
import type { Reading } from "../../store/reading/part-files.ts";
import type { World } from "../../world.ts";
import { pollPause } from "./poll-interval.ts";
import { PollTimer, type Tick } from "./poll-timer.ts";

/** What a feed has to tell. */
export type FeedEvent =
  /** Entries are oldest first; none where what came concerns other paths. */
  | { readonly kind: "news"; readonly entries: readonly LogEntry[] }
  /** The branch was set to something that does not follow from what it was. */
  | { readonly kind: "rewritten" }
  | { readonly kind: "away"; readonly error: HiveError }
  | { readonly kind: "back" };

export type FeedEnd = Extract<Tick, "interrupted" | "timed out">;

/** What was read last, from where a feed goes on. */
export interface FeedStart {
  readonly commit: string;
  readonly outdated: HiveError | undefined;
}

/**
 * The hub as it moves on. What processes of this host land is told at once; the hub itself is asked every 2 to 30 s,
 * by one request, and nothing is written to it.
 */
export class Feed {
  readonly #world: World;
  readonly #store: HubStore;
  readonly #options: HubOptions;
  #seen: string;
  #stamp: string | undefined;
  #isAway: boolean;
  #misses = 0;

  constructor(world: World, store: HubStore, options: HubOptions, { commit, outdated }: FeedStart) {
    this.#world = world;
    this.#store = store;
    this.#options = options;
    this.#seen = commit;
    this.#isAway = outdated !== undefined;
  }

  /** The parts as this host knows them now; the hub is not asked. Throws HiveError. */
  read<P extends Part>(parts: readonly P[]): Promise<Reading<P>> {
    return this.#store.reader.read(this.#store.roots.newest(), parts);
  }

  /** What happens to the given paths or, without any, in the hub, for so many milliseconds. Throws HiveError. */
  async *events(
    paths: readonly string[] = [],
    milliseconds = Number.POSITIVE_INFINITY,
  ): AsyncGenerator<FeedEvent, FeedEnd> {
    const { git, tip } = this.#store.repository;
    const watch = new DirectoryWatch([dirname(join(git.directory, tip))]);
    const turns = new PollTimer(this.#world, watch, milliseconds);
    try {
      for (let turn: Tick = "slept"; ; ) {
        const seen = this.#seen;
        yield* this.#look(paths);
        if (turn === "timed out") return turn;
        if (turn === "slept" || seen !== this.#seen)
          turns.pause(pollPause(this.#misses, this.#world.random()));
        turn = await turns.next();
        if (turn === "interrupted") return turn;
        if (turn !== "woken") yield* this.#ask();
      }
    } finally {
      watch.close();
    }
  }

  /** What this host knows of the branch and has not been told yet. */
  *#look(paths: readonly string[]): Generator<FeedEvent> {
    const { git, tip: ref } = this.#store.repository;
    const stamp = refStamp(git, ref);
    if (stamp === this.#stamp) return;
    this.#stamp = stamp;
    const [after, tip] = [this.#seen, knownRef(git, ref)];
    if (tip === null || tip === after) return;
    this.#seen = tip;
    this.#misses = 0;
    if (isDescendant(git, tip, after))
      yield { kind: "news", entries: readHistory(git, tip, { paths, after }).reverse() };
    else yield { kind: "rewritten" };
  }

  /** Asks the hub, and tells when it stops to answer and when it answers again. */
  async *#ask(): AsyncGenerator<FeedEvent> {
    this.#misses++;
    if (this.#options.isOffline) return;
    const wasAway = this.#isAway;
    try {
      await this.#store.repository.poll();
      this.#isAway = false;
      if (wasAway) yield { kind: "back" };
    } catch (error) {
      if (!(error instanceof HiveError)) throw error;
      this.#isAway = true;
      if (!wasAway) yield { kind: "away", error };
    }
  }
}
