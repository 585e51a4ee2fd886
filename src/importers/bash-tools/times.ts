import { Instant } from "../../domain/values/instant.ts";
import { toInstant } from "../../domain/values/time.ts";

/** The instant used if the directory has no time at all. */
export const FALLBACK_INSTANT: Instant = "2000-01-01T00:00:00Z";

/** From this value on, a number means milliseconds since the epoch. As seconds it would be after the year 5000. */
const MIN_EPOCH_MILLISECONDS = 100_000_000_000;

const TIME_FORMAT =
  /^(\d{4})-(\d\d)-(\d\d)(?:[T ](\d\d):(\d\d)(?::(\d\d)(?:\.\d{1,9})?)?)? ?(Z|UTC|GMT|[+-]\d\d:?\d\d)?$/i;

/**
 * Reads an instant in any format of the old tools: ISO 8601, `2025-11-15 00:42:41 UTC`, or seconds since the epoch.
 * Without a zone it is UTC. Undefined for any other value, such as an unexpanded `$(date)` or the 30th of February.
 */
export function readTime(value: unknown): Instant | undefined {
  if (typeof value === "number") return fromEpoch(value);
  if (typeof value !== "string" || value.length > 80) return undefined;
  const text = value.trim();
  return /^\d{9,13}(?:\.\d{1,9})?$/.test(text) ? fromEpoch(Number(text)) : fromText(text);
}

/**
 * Reads the time in a file name such as `2025-11-15_09-54-11-session-1.json`. It is taken as UTC, because the zone
 * was not recorded.
 */
export function timeInName(path: string): Instant | undefined {
  const match = /^(\d{4}-\d\d-\d\d)_(\d\d)-(\d\d)-(\d\d)/.exec(path.slice(path.lastIndexOf("/") + 1));
  return match ? fromText(`${match[1]}T${match[2]}:${match[3]}:${match[4]}Z`) : undefined;
}

/** The times among these values. */
export function readTimes(values: readonly unknown[]): Instant[] {
  return values.map(readTime).filter((time) => time !== undefined);
}

export function newestOf(times: readonly Instant[]): Instant | undefined {
  return [...times].sort().at(-1);
}

export function oldestOf(times: readonly Instant[]): Instant | undefined {
  return [...times].sort().at(0);
}

function fromEpoch(number: number): Instant | undefined {
  return fromMilliseconds(number >= MIN_EPOCH_MILLISECONDS ? number : number * 1000);
}

function fromText(text: string): Instant | undefined {
  const match = TIME_FORMAT.exec(text);
  if (!match) return undefined;
  const [, year, month, day, hour = "00", minute = "00", second = "00", zone = "Z"] = match;
  const local = `${year}-${month}-${day}T${hour}:${minute}:${second}Z`;
  // Instant refuses days and hours that do not exist; Date.parse would move to the next day.
  if (!Instant.safeParse(local).success) return undefined;
  return fromMilliseconds(Date.parse(local) - offsetOf(zone));
}

function offsetOf(zone: string): number {
  const match = /^([+-])(\d\d):?(\d\d)$/.exec(zone);
  if (!match) return 0;
  const minutes = Number(match[2]) * 60 + Number(match[3]);
  return (match[1] === "-" ? -minutes : minutes) * 60_000;
}

function fromMilliseconds(milliseconds: number): Instant | undefined {
  if (!(Math.abs(milliseconds) < 1e14)) return undefined;
  const instant = Instant.safeParse(toInstant(milliseconds));
  return instant.success ? instant.data : undefined;
}
