/** A file that a commit changed: the ids of its content; undefined where there is no file. */
export interface RawChange {
  readonly path: string;
  readonly before: string | undefined;
  readonly after: string | undefined;
}

/** A commit as `git log --raw -z` prints it, with the fields of its format. */
export interface RawCommit {
  readonly fields: readonly string[];
  /** Whether its changes are those that none of its parents has. */
  readonly isCombined: boolean;
  readonly changes: readonly RawChange[];
}

/** The options with which `git log` prints what this file parses. The fields of the format are never empty at the start. */
export function printingChanges(fields: readonly string[]): string[] {
  return ["--raw", "-z", "--no-abbrev", "--no-renames", "--root", `--format=${fields.join("%x00")}`];
}

/**
 * Each commit starts with its fields, the first of which is its id, followed by pairs of `:<mode> <mode> <id> <id>
 * <status>` and a path. A combined merge has one more colon, mode and id for each parent. Fields are counted, so that no
 * name or path is mistaken for another field.
 */
export function parseRawLog(printed: string, { length }: readonly string[]): RawCommit[] {
  const words = printed.split("\0");
  const commits: { fields: string[]; isCombined: boolean; changes: RawChange[] }[] = [];
  for (let at = 0; at < words.length; ) {
    const word = (words[at] ?? "").trimStart();
    const [, colons] = /^(:+)\d{6} /.exec(word) ?? [];
    if (colons !== undefined) {
      const ids = word.split(" ").slice(colons.length + 1, 2 * colons.length + 2);
      const commit = commits.at(-1);
      if (commit && colons.length > 1) commit.isCombined = true;
      commit?.changes.push({
        path: words[at + 1] ?? "",
        before: known(ids[0]),
        after: known(ids.at(-1)),
      });
      at += 2;
    } else if (word === "") at += 1;
    else {
      commits.push({
        fields: [word, ...words.slice(at + 1, at + length)],
        isCombined: false,
        changes: [],
      });
      at += length;
    }
  }
  return commits;
}

function known(oid: string | undefined): string | undefined {
  return oid === undefined || /^0+$/.test(oid) ? undefined : oid;
}
