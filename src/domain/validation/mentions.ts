import { makeVisible } from "../values/visible.ts";

/** A commit, and the operations that its trailers name as carried and as refused. */
export interface Mentions {
  readonly commit: string;
  readonly ops: readonly string[];
  readonly refused: readonly string[];
  /** Whether the commit is one of those to judge. The others only show which operations ended before. */
  readonly isInRange: boolean;
  /** Whether the commit changes a file of the hub. */
  readonly changesFiles: boolean;
}

const MAX_NAME_LENGTH = 40;

/**
 * The faults in the trailers of commits, oldest first. An operation ends once, so only one commit names it. A commit
 * that carries an operation changes files, and a commit that only records refusals does not.
 */
export function judgeMentions(mentions: readonly Mentions[]): string[] {
  const ended = new Map<string, string>();
  const faults: string[] = [];
  for (const { commit, ops, refused, isInRange, changesFiles } of mentions) {
    const named = [...ops, ...refused];
    const say = (text: string) => {
      if (isInRange) faults.push(`${commit.slice(0, 7)}: ${text}`);
    };
    if (ops.length > 0 && !changesFiles) say(`the trailer Hive-Op names ${list(ops)}, but no file changes`);
    if (ops.length === 0 && refused.length > 0 && changesFiles)
      say(`the trailer Hive-Refused names ${list(refused)}; expected no change of a file`);
    for (const op of new Set(named)) {
      const earlier = ended.get(op);
      if (earlier !== undefined) say(`operation ${show(op)} has ended in ${earlier.slice(0, 7)} already`);
      ended.set(op, earlier ?? commit);
    }
  }
  return faults;
}

function list(ops: readonly string[]): string {
  const [first = "", ...others] = ops;
  return others.length === 0 ? show(first) : `${show(first)} and ${others.length} more`;
}

function show(op: string): string {
  return makeVisible(op).slice(0, MAX_NAME_LENGTH);
}
