/**
 * Finds out what it is that a rule of the hub refuses: what goes beside the branch, one operation among several, or
 * every push. It costs a few pushes more, and no more of them however much waits.
 */
export class Culprit {
  #most = Number.POSITIVE_INFINITY;
  #strikes = 0;
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
    [this.#most, this.#strikes, this.#beside] = [Number.POSITIVE_INFINITY, 0, "along"];
    return wasBeside;
  }

  /**
   * A push of so many of our operations was refused, maybe with something beside the branch, maybe with others' ones.
   * How many of ours, from the first on, are refused for good; 0 where the next push has to tell.
   */
  refused(operations: number, hadBeside: boolean, hadOthers: boolean): number {
    if (hadBeside) {
      this.#beside = "tried";
      return 0;
    }
    this.#beside = "left";
    const offered = Math.min(operations, this.#most);
    if (offered > 1 || hadOthers) {
      this.#most = Math.ceil(offered / 2);
      return 0;
    }
    this.#most = Number.POSITIVE_INFINITY;
    // Two in a row that were refused alone: the rule is against all of them.
    return ++this.#strikes > 1 ? operations : 1;
  }
}
