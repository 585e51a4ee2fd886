import type { Interval } from "./interval.ts";

/** Milliseconds of a minute, an hour and a day that is not stretched or cut by a change of the clocks. */
export const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;

/** Farther from UTC, in either direction, no clock on earth is set. */
const FARTHEST = 15 * HOUR;

/**
 * A time zone of the platform's zone data. A wall time is what a clock on the wall there shows, in milliseconds as
 * if it showed UTC. All that is asked of a zone follows from its offset from UTC, which changes at most once a day.
 */
export class Zone {
  readonly name: string;
  readonly #format: Intl.DateTimeFormat;
  /** The offset at the start of UTC days: where two that follow each other are equal, so is all between. */
  readonly #atMidnight = new Map<number, number>();

  constructor(name: string, format: Intl.DateTimeFormat) {
    this.name = name;
    this.#format = format;
  }

  /** How far the clocks are ahead of UTC at an instant, in milliseconds. */
  offsetAt(instant: number): number {
    const day = Math.floor(instant / DAY);
    const before = this.#offsetAtMidnight(day);
    return before === this.#offsetAtMidnight(day + 1) ? before : this.#measure(instant);
  }

  wallAt(instant: number): number {
    return instant + this.offsetAt(instant);
  }

  /** The first instant at which the clocks show a wall time or, where they skip it, a later one. */
  instantOf(wall: number): number {
    const [from, to] = [wall - FARTHEST, wall + FARTHEST];
    const found = this.stretches(from, to).find((each) => each.to + each.offset > wall);
    return found ? Math.max(found.from, wall - found.offset) : to;
  }

  /** The time between two instants, parted where the clocks are changed. */
  stretches(from: number, to: number): (Interval & { readonly offset: number })[] {
    const edges = [from, ...this.#changes(from, to), to];
    return edges.slice(1).map((end, index) => {
      const start = edges[index] ?? from;
      return { from: start, to: end, offset: this.offsetAt(start) };
    });
  }

  #changes(from: number, to: number): number[] {
    const changes: number[] = [];
    for (let day = Math.floor(from / DAY); day * DAY < to; day++)
      if (this.#offsetAtMidnight(day) !== this.#offsetAtMidnight(day + 1)) changes.push(this.#changeOn(day));
    return changes.filter((change) => change > from && change < to);
  }

  /** Clocks are changed at whole minutes of UTC. */
  #changeOn(day: number): number {
    let [before, after] = [day * DAY, (day + 1) * DAY];
    const offset = this.#offsetAtMidnight(day);
    while (after - before > MINUTE) {
      const middle = Math.floor((before + after) / 2 / MINUTE) * MINUTE;
      if (this.#measure(middle) === offset) before = middle;
      else after = middle;
    }
    return after;
  }

  #offsetAtMidnight(day: number): number {
    const known = this.#atMidnight.get(day);
    if (known !== undefined) return known;
    const offset = this.#measure(day * DAY);
    this.#atMidnight.set(day, offset);
    return offset;
  }

  #measure(instant: number): number {
    const [, sign, hours, minutes] = /GMT([+-])(\d\d):(\d\d)/.exec(this.#format.format(instant)) ?? [];
    const offset = Number(hours ?? 0) * HOUR + Number(minutes ?? 0) * MINUTE;
    return sign === "-" ? -offset : offset;
  }
}

/** Zones that were asked for. Making one costs a thousand times what asking it does. */
const known = new Map<string, Zone>();

/**
 * The zone of a name, as `Europe/Berlin` or `UTC`, however its letters are cased. An offset as `+02:00` is none: it
 * does not say when the clocks are changed. Undefined where the platform knows no such zone.
 */
export function findZone(name: string): Zone | undefined {
  const found = known.get(name) ?? makeZone(name);
  if (found) known.set(name, found);
  return found;
}

function makeZone(timeZone: string): Zone | undefined {
  if (!/^[a-z][\w+/-]*$/i.test(timeZone)) return undefined;
  try {
    const format = new Intl.DateTimeFormat("en-US", { timeZone, timeZoneName: "longOffset" });
    const own = format.resolvedOptions().timeZone;
    // Of a zone with two names the platform may tell the other one; the name that was given is kept then.
    const given = timeZone.replaceAll(/(?<![^/_-])[a-z]/g, (letter) => letter.toUpperCase());
    return new Zone(own.toLowerCase() === timeZone.toLowerCase() ? own : given, format);
  } catch (error) {
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}

/** The zone whose clocks are never changed. */
export function utc(): Zone {
  const zone = findZone("UTC");
  if (!zone) throw new Error("the platform knows no UTC");
  return zone;
}
