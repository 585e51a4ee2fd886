/** Something wrong with a file, at a place in what it holds; whoever has the text makes it a line and a column. */
export interface Fault {
  readonly path: string;
  readonly rule: string;
  /** What is wrong, and what was expected. */
  readonly message: string;
  /** The way to the value from the top of the file; the file as a whole without one. */
  readonly key?: readonly PropertyKey[];
  /** Where in the text it is, in characters, where that is known already. */
  readonly offset?: number;
}
