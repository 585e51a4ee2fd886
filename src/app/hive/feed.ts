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

/** One event of a feed. */
export type FeedEvent =
  /** New commits. The entries are oldest first; empty where the commits concern other paths. */
  | { readonly kind: "news"; readonly entries: readonly LogEntry[] }
  /** The branch was set to a commit that does not descend from the previous one. */
  | { readonly kind: "rewritten" }
  | { readonly kind: "away"; readonly error: HiveError }
  | { readonly kind: "back" };

export type FeedEnd = Extract<Tick, "interrupted" | "timed out">;

/** The last reading. The feed continues from it. */
export interface FeedStart {
  readonly commit: string;
  readonly outdated: HiveError | undefined;
}

/**
 * Follows the hub. Commits that processes of this host land are reported at once. The hub is asked every 2 to 30 s by
 * one request, and nothing is written to it.
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

  /** Reads the parts as this host knows them now, without asking the hub. Throws HiveError. */
  read<P extends Part>(parts: readonly P[]): Promise<Reading<P>> {
    return this.#store.reader.read(this.#store.roots.newest(), parts);
  }

  /** Yields the events of the given paths, or of the whole hub without paths, for so many milliseconds. Throws HiveError. */
  async *events(
    paths: readonly string[] = [],
    milliseconds = Number.POSITIVE_INFINITY,
  ): AsyncGenerator<FeedEvent, FeedEnd> {
    this.#world.listenForStop();
    const { git, tip, away } = this.#store.repository;
    // Watching a folder creates it, and there must be none in the place of a hub that is away.
    const watch = new DirectoryWatch(away() ? [] : [dirname(join(git.directory, tip))]);
    const timer = new PollTimer(this.#world, watch, milliseconds);
    try {
      for (let tick: Tick = "slept"; ; ) {
        const seen = this.#seen;
        yield* this.#newCommits(paths);
        if (tick === "timed out") return tick;
        if (tick === "slept" || seen !== this.#seen)
          timer.pause(pollPause(this.#misses, this.#world.random()));
        tick = await timer.next();
        if (tick === "interrupted") return tick;
        if (tick !== "woken") yield* this.#poll();
      }
    } finally {
      watch.close();
    }
  }

  /** Yields the commits that this host has and that were not reported yet. */
  *#newCommits(paths: readonly string[]): Generator<FeedEvent> {
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

  /** Asks the hub, and reports when it stops answering and when it answers again. */
  async *#poll(): AsyncGenerator<FeedEvent> {
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
