import { zoneOf } from "../../app/zone.ts";
import { clockOf, dateOf, dayNameOf } from "../../domain/time/describe-time.ts";
import { DAY_MS, type Zone } from "../../domain/time/zone.ts";
import type { Instant } from "../../domain/values/instant.ts";
import { formatAge, secondsBetween, toInstant } from "../../domain/values/time.ts";
import type { Context } from "../command.ts";

const UNITS: Readonly<Record<string, string>> = { s: "s", m: "min", h: "h", d: "d" };

/**
 * How times read. On a terminal they are local and say how far away they are: `until 18:56, 4 h left`, `3 min ago`.
 * Elsewhere they are instants in UTC, and short ages: `until 2026-01-31T17:56:00Z`, `3m ago`.
 */
export class Times {
  readonly now: Instant;
  readonly isTerminal: boolean;
  readonly #zone: () => Zone;

  constructor(now: Instant, isTerminal: boolean, zone: () => Zone) {
    this.now = now;
    this.isTerminal = isTerminal;
    this.#zone = zone;
  }

  /** `3 min`, or `3m`. */
  span(seconds: number): string {
    const age = formatAge(seconds);
    return this.isTerminal ? `${age.slice(0, -1)} ${UNITS[age.slice(-1)]}` : age;
  }

  /** `3 min`: how long ago an instant was. */
  age(instant: Instant): string {
    return this.span(secondsBetween(instant, this.now));
  }

  /** `3 min ago`. */
  ago(instant: Instant): string {
    return `${this.age(instant)} ago`;
  }

  /** `4 h left`, or `4 h over`. */
  left(instant: Instant): string {
    const left = secondsBetween(this.now, instant);
    return left < 0 ? `${this.span(-left)} over` : `${this.span(left)} left`;
  }

  /** `18:56, 4 h left`, or the instant. */
  end(instant: Instant): string {
    return this.isTerminal ? `${this.local(instant)}, ${this.left(instant)}` : instant;
  }

  /** `until 18:56, 4 h left`. */
  until(instant: Instant): string {
    return `until ${this.end(instant)}`;
  }

  /** `12:56, 3 min ago`, or the instant. */
  at(instant: Instant): string {
    return this.isTerminal ? `${this.local(instant)}, ${this.ago(instant)}` : instant;
  }

  /** `18:56` today, `Mon 09:00` in the next six days, `2026-02-09 09:00` on other days. */
  local(instant: Instant): string {
    const [wall, today] = [instant, this.now].map((each) => this.#zone().wallAt(Date.parse(each)));
    if (wall === undefined || today === undefined) return instant;
    const days = Math.floor(wall / DAY_MS) - Math.floor(today / DAY_MS);
    const date = days === 0 ? "" : days > 0 && days < 7 ? `${dayNameOf(wall)} ` : `${dateOf(wall)} `;
    return `${date}${clockOf(wall)}`;
  }

  /** `2026-01-31 13:00`: for lines that stay on the screen while time passes. */
  stamp(instant: Instant): string {
    if (!this.isTerminal) return instant;
    const wall = this.#zone().wallAt(Date.parse(instant));
    return `${dateOf(wall)} ${clockOf(wall)}`;
  }
}

/** The times of a command, in the zone of its user. */
export function timesOf({ world, io }: Pick<Context, "world" | "io">): Times {
  return new Times(toInstant(world.now()), io.isTerminal, () => zoneOf(world));
}
