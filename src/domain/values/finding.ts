/** Something wrong with a file in the hub, at a place a person can go to. Lines and columns start at 1. */
export interface Finding {
  readonly path: string;
  readonly line: number;
  readonly column: number;
  readonly rule: string;
  readonly message: string;
}
