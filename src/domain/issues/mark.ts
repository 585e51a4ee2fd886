/**
 * The first line of every text that git-hive writes on GitHub: it tells what the text is about. Later runs find
 * earlier posts by it. It counts only as the whole first line; the same words inside a text are not a mark.
 */
export interface Mark {
  readonly kind: "broadcast" | "request" | "needs" | "outcome" | "duplicate" | "reply" | "stranger";
  /** The subject's id, of the hub or of GitHub. */
  readonly id: string;
}

const LINE =
  /^<!-- git-hive:(broadcast|request|needs|outcome|duplicate|reply|stranger) v1 ([A-Za-z0-9-]{1,80}) -->$/;

export function writeMark({ kind, id }: Mark): string {
  return `<!-- git-hive:${kind} v1 ${id} -->`;
}

/** The mark of a posted text; undefined for any b text. Line ends may be those of a browser. */
export function readMark(body: string): Mark | undefined {
  const [, kind, id] = LINE.exec(body.split(/\r?\n/, 1)[0] ?? "") ?? [];
  return kind === undefined || id === undefined ? undefined : { kind: kind as Mark["kind"], id };
}

export function isSameMark(a: Mark | undefined, b: Mark): boolean {
  return a?.kind === b.kind && a.id === b.id;
}
