import type { Git } from "../git/git.ts";
import { type LandedCommit, operationsBetween } from "../git/history.ts";

/** A commit that names an operation: as one that it carries, or as one that was refused. */
export interface Mention {
  readonly commit: string;
  readonly isRefusal: boolean;
}

/**
 * The newest commits of the hub's branch and the operations that each names, as far back as was needed. Finds an
 * operation without reading the history twice.
 */
export class LandedOperations {
  readonly #git: Git;
  #steps = new Steps();
  /** The commit before the first step; null when the first step is the first commit of the branch. */
  #from: string | null;
  #tip: string | null;

  /** `tip` is the newest known commit; null when the branch has no commit yet. */
  constructor(git: Git, tip: string | null) {
    this.#git = git;
    this.#from = tip;
    this.#tip = tip;
  }

  /** Follows the branch to a commit of another host; returns the commits up to it. */
  follow(tip: string | null): readonly LandedCommit[] {
    if (tip === null || tip === this.#tip) return [];
    const range = operationsBetween(this.#git, this.#tip, tip);
    if (range?.isLinked) this.add(range.steps, tip);
    else [this.#from, this.#steps, this.#tip] = [tip, new Steps(), tip];
    return range?.steps ?? [];
  }

  /** Follows the branch along known commits. */
  add(steps: readonly LandedCommit[], tip: string): void {
    this.#steps.add(steps);
    this.#tip = tip;
  }

  /** Whether the commits after `since` are known, so that `find` needs no history. */
  reaches(since: string | null): boolean {
    return this.#tip === null || since === this.#tip || this.#startOf(since) !== undefined;
  }

  /**
   * The commits after `since` that name an operation, oldest first; "unknown" when this repository does not reach back
   * to `since`, or `since` is more than `limit` commits back.
   */
  find(op: string, since: string | null, limit?: number): readonly Mention[] | "unknown" {
    if (this.#tip === null || since === this.#tip) return [];
    const start = this.#startOf(since);
    if (start !== undefined) return this.#steps.mentionsOf(op, start);
    const older = operationsBetween(this.#git, since, this.#tip, limit);
    if (older === undefined) return "unknown";
    const steps = new Steps(older.steps);
    if (older.isLinked) [this.#from, this.#steps] = [since, steps];
    return steps.mentionsOf(op);
  }

  /** The commits that name an operation, anywhere in the history that this repository has. */
  findAnywhere(op: string): readonly Mention[] {
    return this.#tip === null
      ? []
      : new Steps(operationsBetween(this.#git, null, this.#tip)?.steps).mentionsOf(op);
  }

  /** The position of the first step after a commit; undefined when the commit is not known. */
  #startOf(since: string | null): number | undefined {
    return since === this.#from ? 0 : this.#steps.after(since);
  }
}

/** Commits, oldest first, with an index: many hosts ask for many operations. */
class Steps {
  readonly #positions = new Map<string | null, number>();
  /** The commits that name an operation, with their positions, in ascending order. */
  readonly #mentions = new Map<string, (Mention & { readonly position: number })[]>();

  constructor(steps: readonly LandedCommit[] = []) {
    this.add(steps);
  }

  add(steps: readonly LandedCommit[]): void {
    for (const { commit, ops, refused } of steps) {
      const position = this.#positions.size;
      this.#positions.set(commit, position);
      for (const op of new Set([...ops, ...refused])) {
        const mention = { commit, isRefusal: !ops.includes(op), position };
        const earlier = this.#mentions.get(op);
        if (earlier) earlier.push(mention);
        else this.#mentions.set(op, [mention]);
      }
    }
  }

  after(commit: string | null): number | undefined {
    const position = this.#positions.get(commit);
    return position === undefined ? undefined : position + 1;
  }

  mentionsOf(op: string, start = 0): Mention[] {
    const mentions = this.#mentions.get(op) ?? [];
    return mentions
      .filter(({ position }) => position >= start)
      .map(({ commit, isRefusal }) => ({ commit, isRefusal }));
  }
}
