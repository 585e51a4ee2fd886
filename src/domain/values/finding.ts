/** A problem in a file of the hub, with its position. Lines and columns start at 1. */
export interface Finding {
  readonly path: string;
  readonly line: number;
  readonly column: number;
  readonly rule: string;
  readonly message: string;
}
