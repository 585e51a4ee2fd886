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
  /** Oldest first. */
  #steps: readonly LandedCommit[] = [];
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
    else [this.#from, this.#steps, this.#tip] = [tip, [], tip];
    return range?.steps ?? [];
  }

  /** Follows the branch along known commits. */
  add(steps: readonly LandedCommit[], tip: string): void {
    this.#steps = [...this.#steps, ...steps];
    this.#tip = tip;
  }

  /**
   * The commits after `since` that name an operation, oldest first; "unknown" when this repository does not reach back
   * to `since`.
   */
  find(op: string, since: string | null): readonly Mention[] | "unknown" {
    if (this.#tip === null || since === this.#tip) return [];
    const start = since === this.#from ? 0 : this.#steps.findIndex(({ commit }) => commit === since) + 1;
    if (since === this.#from || start > 0) return mentionsOf(this.#steps.slice(start), op);
    const older = operationsBetween(this.#git, since, this.#tip);
    if (older === undefined) return "unknown";
    if (older.isLinked) [this.#from, this.#steps] = [since, older.steps];
    return mentionsOf(older.steps, op);
  }

  /** The commits that name an operation, anywhere in the history that this repository has. */
  findAnywhere(op: string): readonly Mention[] {
    return this.#tip === null
      ? []
      : mentionsOf(operationsBetween(this.#git, null, this.#tip)?.steps ?? [], op);
  }
}

function mentionsOf(steps: readonly LandedCommit[], op: string): Mention[] {
  return steps
    .filter(({ ops, refused }) => ops.includes(op) || refused.includes(op))
    .map(({ commit, ops }) => ({ commit, isRefusal: !ops.includes(op) }));
}
