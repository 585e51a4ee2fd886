/**
 * Where git left the two sides of a merge in a text; undefined where it did not. In a file with a format of its own
 * one marker is enough, for no such line belongs there; a text for people may tell of conflicts, so all of it has to
 * be there.
 */
export function findConflict(text: string, isText: boolean): number | undefined {
  const starts: number[] = [];
  let [isSplit, at] = [false, 0];
  for (const line of text.split("\n")) {
    if (/^<{7} /.test(line)) starts.push(at);
    else if (/^={7}\r?$/.test(line)) isSplit = starts.length > 0;
    else if (/^>{7} /.test(line) && (isSplit || !isText)) return starts[0] ?? at;
    at += line.length + 1;
  }
  return isText ? undefined : starts[0];
}
