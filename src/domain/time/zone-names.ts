import { compareTexts } from "../values/order.ts";

const MOST_NAMES = 3;
/** So many letters may be wrong. */
const FARTHEST = 2;

/** Zones that somebody may have meant who wrote a name that is none: the same city, or nearly the same letters. */
export function nearZones(name: string): string[] {
  const wanted = name.toLowerCase().replaceAll(" ", "_");
  const ranked = Intl.supportedValuesOf("timeZone").flatMap((zone) => {
    const whole = zone.toLowerCase();
    const distance = Math.min(
      editDistance(whole, wanted),
      editDistance(whole.slice(whole.lastIndexOf("/") + 1), wanted.slice(wanted.lastIndexOf("/") + 1)),
    );
    return distance > FARTHEST || distance * 3 > wanted.length
      ? []
      : [{ zone, distance, whole: editDistance(whole, wanted) }];
  });
  ranked.sort((a, b) => a.distance - b.distance || a.whole - b.whole || compareTexts(a.zone, b.zone));
  return ranked.slice(0, MOST_NAMES).map(({ zone }) => zone);
}

/** How many letters have to be put in, left out or changed to make one word of another. */
function editDistance(a: string, b: string): number {
  let row = [...Array(b.length + 1).keys()];
  for (const [i, letter] of [...a].entries()) {
    const next = [i + 1];
    for (const [j, other] of [...b].entries()) {
      const changed = (row[j] ?? 0) + (letter === other ? 0 : 1);
      next.push(Math.min(changed, (row[j + 1] ?? 0) + 1, (next[j] ?? 0) + 1));
    }
    row = next;
  }
  return row.at(-1) ?? 0;
}
