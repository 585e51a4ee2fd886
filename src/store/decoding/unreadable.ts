/** A file that cannot be read, and the offset of the problem. It becomes a finding. */
export class Unreadable extends Error {
  readonly rule: string;
  readonly offset: number;

  constructor(rule: string, message: string, offset = 0) {
    super(message);
    this.rule = rule;
    this.offset = offset;
  }
}

/** The line and column of an offset, both from 1. */
export function locate(text: string, offset: number): { line: number; column: number } {
  const before = text.slice(0, offset).split("\n");
  return { line: before.length, column: (before.at(-1)?.length ?? 0) + 1 };
}
