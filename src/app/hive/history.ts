import type { LogEntry } from "../../domain/log.ts";
import type { Instant } from "../../domain/values/instant.ts";
import { HiveError } from "../../errors.ts";
import { countOlder, isShallow, readHistory } from "../../store/git/history.ts";
import type { ArchiveRead, Archives } from "../../store/reading/archive.ts";
import type { PastExtent, PastFiles } from "../../store/reading/past.ts";
import type { OpenHub } from "./open-hub.ts";
import type { ReadCommit, ReadState } from "./refresher.ts";

/** How many of the newest commits tell what happened just now. */
const LATELY_COMMITS = 50;

/** What happened in a hub: its log, what its files were, and what was archived. */
export class HubHistory {
  readonly #hub: OpenHub;

  constructor(hub: OpenHub) {
    this.#hub = hub;
  }

  /** Returns the log, newest first, of the given paths or, without paths, of the whole hub. Throws HiveError. */
  async entries(
    paths: readonly string[],
    limit?: number,
  ): Promise<ReadState<{ entries: LogEntry[] } & ReadCommit>> {
    const { root, ...freshness } = await this.#hub.newest();
    // In a shallow replica, git shows the oldest commit as the one that created every file.
    const commits = paths.length > 0 || limit === undefined ? undefined : limit + 1;
    if (!freshness.outdated && !this.#hub.options.isOffline) await this.#hub.deepen(commits);
    try {
      return {
        entries: readHistory(this.#hub.store.repository.git, root.commit, { paths, limit }),
        ...freshness,
      };
    } catch (error) {
      throw freshness.outdated ?? this.#hub.damage() ?? error;
    }
  }

  /** Counts the commits that the newest `shown` of a history leave out, as far as this host has them. */
  countOlder({ commit }: ReadCommit, shown: number): number {
    return countOlder(this.#hub.store.repository.git, commit, shown);
  }

  /**
   * Returns the newest entries of the log up to a commit, else up to the newest that this host knows, without asking the
   * hub; none where git cannot read them.
   */
  lately({ commit }: Partial<ReadCommit> = {}): LogEntry[] {
    const tip = commit ?? this.#hub.store.roots.newest()?.commit;
    if (tip === undefined) return [];
    try {
      return readHistory(this.#hub.store.repository.git, tip, { limit: LATELY_COMMITS });
    } catch (error) {
      if (error instanceof HiveError) return [];
      throw error;
    }
  }

  /** Returns the refusals in this host's part of the history up to a commit, and whether this host has the whole history. */
  refusals({ commit }: ReadCommit): { entries: LogEntry[]; isWhole: boolean } {
    const { git } = this.#hub.store.repository;
    try {
      return { entries: readHistory(git, commit, { kind: "refusal" }), isWhole: !isShallow(git) };
    } catch (error) {
      throw this.#hub.damage() ?? error;
    }
  }

  /** Returns the files of the last commits up to a commit of the hub; up to the newest one without it. Throws HiveError. */
  async past(extent: PastExtent, commit?: string): Promise<ReadState<PastFiles>> {
    const { root, ...freshness } = await this.#hub.newest();
    if (!freshness.outdated && !this.#hub.options.isOffline)
      await this.#hub.deepen(commit === undefined ? extent.steps + extent.entries + 1 : undefined);
    const { readPast } = await import("../../store/reading/past.ts");
    const { objects, repository } = this.#hub.store;
    try {
      return { ...freshness, ...(await readPast(repository.git, objects, commit ?? root.commit, extent)) };
    } catch (error) {
      throw freshness.outdated ?? this.#hub.damage() ?? error;
    }
  }

  /** Returns the archived items whose text `wants` accepts, back to an instant or to the beginning. Slow for a large archive. Throws HiveError. */
  async archived<Name extends keyof Archives>(
    archive: Name,
    wants: (text: string) => boolean,
    since?: Instant,
  ): Promise<ArchiveRead<Archives[Name]>> {
    const { readArchive } = await import("../../store/reading/archive.ts");
    const { root } = await this.#hub.newest();
    return readArchive(this.#hub.store.objects, root, archive, wants, since).catch((error: unknown) => {
      throw this.#hub.damage() ?? error;
    });
  }
}
