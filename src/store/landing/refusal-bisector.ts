/** After this many refusals, the rule counts as a rule against every push. */
const MAX_REFUSALS = 12;

/** When a push of this many operations is accepted, the search ends. */
const MAX_SEARCHED_OPERATIONS = 32;

/**
 * Finds what a rule of the hub refuses: the side refs, one operation among several, or every push. The search costs a
 * few extra pushes, and their number does not depend on how many operations wait.
 */
export class RefusalBisector {
  #maxOperations = Number.POSITIVE_INFINITY;
  #refusals = 0;
  /** Whether pushes include side refs; `tested` while a push without them shows whether the hub refuses them. */
  #sideRefs: "included" | "tested" | "omitted" = "included";

  /** The number of operations that the next push may offer. */
  get maxOperations(): number {
    return this.#maxOperations;
  }

  /** Whether a push offers all waiting operations, also those of other hosts. */
  get offersAll(): boolean {
    return this.#maxOperations === Number.POSITIVE_INFINITY;
  }

  get includesSideRefs(): boolean {
    return this.#sideRefs === "included";
  }

  /** Leaves side refs out of the next pushes. */
  omitSideRefs(): void {
    this.#sideRefs = "omitted";
  }

  /** Records an accepted push. Returns true when the hub had refused the side refs. */
  accepted(): boolean {
    const wereRefused = this.#sideRefs === "tested";
    this.#sideRefs = "included";
    this.#maxOperations =
      this.#maxOperations * 2 > MAX_SEARCHED_OPERATIONS ? Number.POSITIVE_INFINITY : this.#maxOperations * 2;
    return wereRefused;
  }

  /**
   * Records a refused push of this many own operations, which may have included side refs or operations of other
   * hosts. Returns how many own operations, from the first, are finally refused; 0 when the next push must show.
   */
  refused(operations: number, hadSideRefs: boolean, hadOthers: boolean): number {
    this.#refusals++;
    if (hadSideRefs) {
      this.#sideRefs = "tested";
      return 0;
    }
    this.#sideRefs = "omitted";
    if (this.#refusals > MAX_REFUSALS) return operations;
    const offered = Math.min(operations, this.#maxOperations);
    this.#maxOperations = Math.ceil(offered / 2);
    return offered > 1 || hadOthers ? 0 : 1;
  }
}
