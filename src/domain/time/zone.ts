import type { Interval } from "./interval.ts";

/** Milliseconds of a minute, an hour, and a day without a clock change. */
export const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
export const DAY_MS = 24 * HOUR_MS;

/** No clock on earth is further from UTC, in either direction. */
const MAX_OFFSET_MS = 15 * HOUR_MS;

/**
 * A time zone of the platform's zone data. A wall time is the time that clocks in the zone show, in milliseconds since
 * the epoch as if they showed UTC. All methods use the offset from UTC, which changes at most once a day.
 */
export class Zone {
  readonly name: string;
  readonly #format: Intl.DateTimeFormat;
  /** The offset at the start of UTC days. When two consecutive ones are equal, the offset between them is the same. */
  readonly #atMidnight = new Map<number, number>();

  constructor(name: string, format: Intl.DateTimeFormat) {
    this.name = name;
    this.#format = format;
  }

  /** Milliseconds by which the clocks are ahead of UTC at an instant. */
  offsetAt(instant: number): number {
    const day = Math.floor(instant / DAY_MS);
    const before = this.#offsetAtMidnight(day);
    return before === this.#offsetAtMidnight(day + 1) ? before : this.#measure(instant);
  }

  wallAt(instant: number): number {
    return instant + this.offsetAt(instant);
  }

  /** The first instant at which the clocks show a wall time or, if they skip it, a later one. */
  instantOf(wall: number): number {
    const [from, to] = [wall - MAX_OFFSET_MS, wall + MAX_OFFSET_MS];
    const found = this.stretches(from, to).find((each) => each.to + each.offset > wall);
    return found ? Math.max(found.from, wall - found.offset) : to;
  }

  /** The time between two instants, split at each clock change. */
  stretches(from: number, to: number): (Interval & { readonly offset: number })[] {
    const edges = [from, ...this.#changes(from, to), to];
    return edges.slice(1).map((end, index) => {
      const start = edges[index] ?? from;
      return { from: start, to: end, offset: this.offsetAt(start) };
    });
  }

  #changes(from: number, to: number): number[] {
    const changes: number[] = [];
    for (let day = Math.floor(from / DAY_MS); day * DAY_MS < to; day++)
      if (this.#offsetAtMidnight(day) !== this.#offsetAtMidnight(day + 1)) changes.push(this.#changeOn(day));
    return changes.filter((change) => change > from && change < to);
  }

  /** The instant of the clock change on a UTC day. Clocks change at whole minutes of UTC. */
  #changeOn(day: number): number {
    let [before, after] = [day * DAY_MS, (day + 1) * DAY_MS];
    const offset = this.#offsetAtMidnight(day);
    while (after - before > MINUTE_MS) {
      const middle = Math.floor((before + after) / 2 / MINUTE_MS) * MINUTE_MS;
      if (this.#measure(middle) === offset) before = middle;
      else after = middle;
    }
    return after;
  }

  #offsetAtMidnight(day: number): number {
    const known = this.#atMidnight.get(day);
    if (known !== undefined) return known;
    const offset = this.#measure(day * DAY_MS);
    this.#atMidnight.set(day, offset);
    return offset;
  }

  #measure(instant: number): number {
    const [, sign, hours, minutes] = /GMT([+-])(\d\d):(\d\d)/.exec(this.#format.format(instant)) ?? [];
    const offset = Number(hours ?? 0) * HOUR_MS + Number(minutes ?? 0) * MINUTE_MS;
    return sign === "-" ? -offset : offset;
  }
}

/** Zones made so far. Making a zone costs about a thousand times as much as using it. */
const known = new Map<string, Zone>();

/**
 * The zone of a name like `Europe/Berlin` or `UTC`, in any case. Undefined when the platform does not know the zone,
 * and for an offset like `+02:00`, because it does not say when the clocks change.
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
    // The platform may return another name of the same zone. Keep the name that the user gave.
    const given = timeZone.replaceAll(/(?<![^/_-])[a-z]/g, (letter) => letter.toUpperCase());
    return new Zone(own.toLowerCase() === timeZone.toLowerCase() ? own : given, format);
  } catch (error) {
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}

/** The zone UTC, which has no clock changes. */
export function utc(): Zone {
  const zone = findZone("UTC");
  if (!zone) throw new Error("the platform does not know the zone UTC");
  return zone;
}
