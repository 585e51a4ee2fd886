/**
 * The position of unresolved merge markers in a text; undefined if there are none. In a structured file one marker is
 * enough, because no such line is valid there. A text for people may quote a marker, so all markers must be there.
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
