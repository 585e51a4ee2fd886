import { compareTexts } from "../values/order.ts";

const MAX_NAMES = 3;
/** Maximum letters in which a name may differ. */
const MAX_DISTANCE = 2;

/** Zones that a user may have meant with an unknown name: zones of that city, or with nearly the same letters. */
export function nearZones(name: string): string[] {
  const wanted = name.toLowerCase().replaceAll(" ", "_");
  const ranked = Intl.supportedValuesOf("timeZone").flatMap((zone) => {
    const whole = zone.toLowerCase();
    const distance = Math.min(
      editDistance(whole, wanted),
      editDistance(whole.slice(whole.lastIndexOf("/") + 1), wanted.slice(wanted.lastIndexOf("/") + 1)),
    );
    return distance > MAX_DISTANCE || distance * 3 > wanted.length
      ? []
      : [{ zone, distance, whole: editDistance(whole, wanted) }];
  });
  ranked.sort((a, b) => a.distance - b.distance || a.whole - b.whole || compareTexts(a.zone, b.zone));
  return ranked.slice(0, MAX_NAMES).map(({ zone }) => zone);
}

/** The number of letters to insert, delete or replace to turn one word into the other. */
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
