/**
 * What git-hive writes on GitHub starts with a line that says what it is about. It is how a later run finds what an
 * earlier one posted, so it counts only as the whole first line: the same words inside a text are nobody's mark.
 */
export interface Mark {
  readonly kind: "broadcast" | "request" | "outcome" | "duplicate" | "reply" | "stranger";
  /** What it is about: an id of the hub or of GitHub. */
  readonly id: string;
}

const LINE =
  /^<!-- git-hive:(broadcast|request|outcome|duplicate|reply|stranger) v1 ([A-Za-z0-9-]{1,80}) -->$/;

export function writeMark({ kind, id }: Mark): string {
  return `<!-- git-hive:${kind} v1 ${id} -->`;
}

/** What a text that was posted is about; undefined for what somebody else wrote. Line ends may be those of a browser. */
export function readMark(body: string): Mark | undefined {
  const [, kind, id] = LINE.exec(body.split(/\r?\n/, 1)[0] ?? "") ?? [];
  return kind === undefined || id === undefined ? undefined : { kind: kind as Mark["kind"], id };
}

export function isSameMark(one: Mark | undefined, other: Mark): boolean {
  return one?.kind === other.kind && one.id === other.id;
}
