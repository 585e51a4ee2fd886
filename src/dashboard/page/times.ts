import type { Instant } from "../../domain/values/instant.ts";
import { formatAge, secondsBetween } from "../../domain/values/time.ts";
import { h } from "./dom.ts";

/** The instant of the state. Ages are those at this instant, so that the page agrees with itself. */
export class Times {
  readonly #now: Instant;

  constructor(now: Instant) {
    this.#now = now;
  }

  /** `43m ago`; the full time when it is pointed at. */
  ago(at: Instant | null): HTMLElement | string {
    return at === null ? "never" : stamp(at, `${this.age(at)} ago`);
  }

  age(at: Instant): string {
    return formatAge(secondsBetween(at, this.#now));
  }

  secondsLeft(until: Instant): number {
    return secondsBetween(this.#now, until);
  }

  /** `20m left`. */
  left(until: Instant): HTMLElement {
    return stamp(until, `${formatAge(this.secondsLeft(until))} left`);
  }

  /** `12:03`, with its date where that is not the date of the state. */
  clock(at: Instant): HTMLElement {
    const [date, today] = [dateOf(at), dateOf(this.#now)];
    return stamp(
      at,
      date === today ? clockOf(at).slice(0, 5) : `${date.slice(5)} ${clockOf(at).slice(0, 5)}`,
    );
  }
}

function stamp(at: Instant, text: string): HTMLElement {
  return h("time", { datetime: at, title: `${dateOf(at)} ${clockOf(at)}` }, text);
}

/** The clock time of the reader, `12:03:14`. */
export function clockOf(at: Instant): string {
  const date = new Date(at);
  return [date.getHours(), date.getMinutes(), date.getSeconds()].map(twoDigits).join(":");
}

export function dateOf(at: Instant): string {
  const date = new Date(at);
  return [date.getFullYear(), twoDigits(date.getMonth() + 1), twoDigits(date.getDate())].join("-");
}

function twoDigits(number: number): string {
  return String(number).padStart(2, "0");
}

/** `40 s ago`, `12 minutes ago`, `3 days ago`. */
export function describeAge(seconds: number): string {
  if (seconds < 0) return "in the future by this clock";
  if (seconds < 60) return `${Math.floor(seconds)} s ago`;
  const [unit, length] =
    seconds < 3600 ? ["minute", 60] : seconds < 172_800 ? ["hour", 3600] : ["day", 86_400];
  const number = Math.floor(seconds / Number(length));
  return `${number} ${unit}${number === 1 ? "" : "s"} ago`;
}

/** A time of a chart or a figure: `5m`, or a dash where there is none. */
export function span(seconds: number | null): string {
  return seconds === null ? "–" : formatAge(seconds);
}
