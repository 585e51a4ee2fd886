/** After so many refusals the rule counts as one against every push. */
const MOST_REFUSALS = 12;

/** From so many operations on that were taken at once, nothing is looked for any more. */
const MOST_SUSPECTS = 32;

/**
 * Finds out what it is that a rule of the hub refuses: what goes beside the branch, one operation among several, or
 * every push. It costs a few pushes more, and no more of them however much waits.
 */
export class RefusalBisector {
  #most = Number.POSITIVE_INFINITY;
  #refusals = 0;
  /** Whether pushes take something along beside the branch; `tried` while it is found out whether the hub minds. */
  #beside: "along" | "tried" | "left" = "along";

  /** How many operations the next push may offer. */
  get most(): number {
    return this.#most;
  }

  /** Whether a push offers all that waits, also for other hosts. */
  get isUnsuspicious(): boolean {
    return this.#most === Number.POSITIVE_INFINITY;
  }

  get takesBesideAlong(): boolean {
    return this.#beside === "along";
  }

  /** The next pushes go without anything beside the branch. */
  leaveBeside(): void {
    this.#beside = "left";
  }

  /** A push was taken. True when it was what went beside the branch that the hub had refused. */
  clear(): boolean {
    const wasBeside = this.#beside === "tried";
    this.#beside = "along";
    this.#most = this.#most * 2 > MOST_SUSPECTS ? Number.POSITIVE_INFINITY : this.#most * 2;
    return wasBeside;
  }

  /**
   * A push of so many of our operations was refused, maybe with something beside the branch, maybe with others' ones.
   * How many of ours, from the first on, are refused for good; 0 where the next push has to tell.
   */
  refused(operations: number, hadBeside: boolean, hadOthers: boolean): number {
    this.#refusals++;
    if (hadBeside) {
      this.#beside = "tried";
      return 0;
    }
    this.#beside = "left";
    if (this.#refusals > MOST_REFUSALS) return operations;
    const offered = Math.min(operations, this.#most);
    this.#most = Math.ceil(offered / 2);
    return offered > 1 || hadOthers ? 0 : 1;
  }
}
