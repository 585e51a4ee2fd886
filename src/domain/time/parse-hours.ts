import { ALWAYS, DAY_MINUTES, type Hours, hoursOf } from "./hours.ts";
import type { Interval } from "./interval.ts";
import { DAY_NAMES, dayOf, minuteOf } from "./week.ts";
import { findZone, utc, type Zone } from "./zone.ts";
import { nearZones } from "./zone-names.ts";

/** The error of a text that is not valid as hours: the problem, its column (from 1), and how to correct it. */
export class HoursFault extends Error {
  readonly column: number;
  readonly hint: string;

  constructor({ at, word }: Token, problem: string, hint: string) {
    super(`Column ${at}: ${word === "" ? problem : `${JSON.stringify(word.slice(0, 60))} ${problem}`}.`);
    this.column = at;
    this.hint = hint;
  }
}

interface Token {
  /** Empty at the end of the text. */
  readonly word: string;
  readonly at: number;
}

const EXAMPLE = "Mon-Fri 09:00-17:00 Europe/Berlin";
/** Zones come first, because their names may contain hyphens and digits. */
const TOKEN = /24\/7|(?<![a-z_])[a-z_]+\/[\w/+-]+|[,;]|[-–—]|[^\s,;–—-]+/giu;

/**
 * Parses the hours of a session: windows of days and times, separated by `,` or `;`, and one time zone at the end, like
 * `Mon-Fri 09:00-12:00,13:00-17:00; Sat 10-14 Europe/Berlin`. Throws HoursFault.
 * Times without days apply to the days before them or, at the beginning, to every day. A window that ends before it
 * begins ends on the next day. `24/7` is always.
 */
export function parseHours(text: string): Hours {
  return new Parser(text).hours();
}

class Parser {
  readonly #tokens: readonly Token[];
  #next = 0;

  constructor(text: string) {
    const words = [...text.matchAll(TOKEN)].map((match) => ({ word: match[0], at: match.index + 1 }));
    this.#tokens = [...words, { word: "", at: text.length + 1 }];
  }

  hours(): Hours {
    if (this.#take(/^24\/7$/)) return this.#always();
    const windows: Interval[] = [];
    let days = [...DAY_NAMES.keys()];
    do {
      if (isWord(this.#peek())) days = this.#days();
      const times = this.#times();
      windows.push(
        ...days.map((day) => ({ from: day * DAY_MINUTES + times.from, to: day * DAY_MINUTES + times.to })),
      );
    } while (this.#take(/^[,;]$/));
    const zone = this.#zone();
    this.#end();
    return hoursOf(zone, windows);
  }

  /** Parses the rest after `24/7`, where the zone is optional. */
  #always(): Hours {
    const zone = this.#peek().word === "" ? utc() : this.#zone();
    this.#end();
    return { zone, spans: ALWAYS };
  }

  #days(): number[] {
    const days = this.#range();
    while (this.#peek().word === "," && isWord(this.#peek(1))) {
      this.#next++;
      days.push(...this.#range());
    }
    return [...new Set(days)];
  }

  /** A day or a range of days: `Mon`, `Mon-Fri`, or `Fri-Mon` over the weekend. */
  #range(): number[] {
    const first = this.#day();
    if (!this.#take(/^[-–—]$/)) return [first];
    const last = this.#day();
    return [...Array(((last - first + 7) % 7) + 1).keys()].map((step) => (first + step) % 7);
  }

  #day(): number {
    const token = this.#advance();
    const day = dayOf(token.word);
    if (day !== undefined) return day;
    throw new HoursFault(
      token,
      token.word === "" ? "a day is missing" : "is not a day",
      `Days are ${DAY_NAMES.join(" ")}.`,
    );
  }

  #times(): Interval {
    const from = this.#time("begins");
    const dash = this.#advance();
    if (!/^[-–—]$/.test(dash.word))
      throw new HoursFault(
        dash,
        dash.word === "" ? "the end of the window is missing" : "is where - is expected",
        `As in: ${EXAMPLE}`,
      );
    const end = this.#peek();
    const to = this.#time("ends");
    if (to === from)
      throw new HoursFault(end, "ends the window at the time it begins", "A whole day is 00:00-24:00.");
    return { from, to: to < from ? to + DAY_MINUTES : to };
  }

  #time(does: "begins" | "ends"): number {
    const token = this.#advance();
    const minute = minuteOf(token.word);
    if (minute !== undefined && (does === "ends" || minute < DAY_MINUTES)) return minute;
    const problem =
      token.word === ""
        ? `the time at which the window ${does} is missing`
        : `is not a time at which a window ${does}`;
    throw new HoursFault(token, problem, `Times go from 00:00 to 24:00, as in: ${EXAMPLE}`);
  }

  #zone(): Zone {
    const token = this.#advance();
    if (token.word === "")
      throw new HoursFault(token, "the time zone is missing", `End with one, as in: ${EXAMPLE}; or with UTC`);
    const zone = findZone(token.word);
    if (zone) return zone;
    if (dayOf(token.word) !== undefined || minuteOf(token.word) !== undefined)
      throw new HoursFault(token, "begins another window", "Put a comma or a semicolon before it.");
    const near = nearZones(token.word);
    const hint =
      near.length > 0
        ? `Did you mean ${near.join(" or ")}?`
        : "Zones have names like Europe/Berlin, America/New_York or UTC.";
    throw new HoursFault(token, "is not a time zone", hint);
  }

  #end(): void {
    const token = this.#advance();
    if (token.word !== "")
      throw new HoursFault(
        token,
        "comes after the time zone",
        "Write the zone at the end, once for all windows.",
      );
  }

  #peek(ahead = 0): Token {
    return this.#tokens[Math.min(this.#next + ahead, this.#tokens.length - 1)] ?? { word: "", at: 1 };
  }

  #advance(): Token {
    const token = this.#peek();
    this.#next++;
    return token;
  }

  #take(pattern: RegExp): boolean {
    const isNext = pattern.test(this.#peek().word);
    if (isNext) this.#next++;
    return isNext;
  }
}

function isWord({ word }: Token): boolean {
  return /^\p{L}/u.test(word);
}
