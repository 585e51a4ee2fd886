import * as z from "zod/mini";

const EARLIEST = "2000-01-01T00:00:00Z";
const LATEST = "2100-01-01T00:00:00Z";

/** An instant in ISO 8601, UTC with `Z`, between the years 2000 and 2100: beyond that a clock or a writer is broken. */
export const Instant = z.iso
  .datetime({ error: "an instant is ISO 8601 in UTC, as 2026-01-31T12:00:00Z" })
  .check(
    z.refine((text) => {
      const at = Date.parse(text);
      return at >= Date.parse(EARLIEST) && at < Date.parse(LATEST);
    }, "an instant lies between the years 2000 and 2100"),
  );
export type Instant = z.infer<typeof Instant>;

const UNITS = { s: 1, m: 60, h: 3600, d: 86_400, w: 604_800 } as const;

/** A length of time as people write it (`90s`, `5m`, `2h`, `7d`, `1w`); its value is in seconds. */
export const Duration = z.pipe(
  z.string().check(z.regex(/^\d{1,6}[smhdw]$/, "a duration is a number and s, m, h, d or w, as 15m")),
  z.transform((text: string) => Number(text.slice(0, -1)) * UNITS[text.slice(-1) as keyof typeof UNITS]),
);

/** Writes milliseconds since the epoch as an instant with second precision. */
export function toInstant(milliseconds: number): Instant {
  return `${new Date(milliseconds).toISOString().slice(0, 19)}Z`;
}

/** Seconds from `earlier` to `later`; negative when they are the other way round. */
export function secondsBetween(earlier: Instant, later: Instant): number {
  return (Date.parse(later) - Date.parse(earlier)) / 1000;
}

/** Whole seconds since the epoch. */
export function toSeconds(instant: Instant): number {
  return Math.floor(Date.parse(instant) / 1000);
}

/** An age as people read it: `12s`, `3m`, `2h`, `5d`. */
export function formatAge(seconds: number): string {
  const age = Math.max(0, Math.round(seconds));
  if (age < 60) return `${age}s`;
  if (age < 3600) return `${Math.floor(age / 60)}m`;
  if (age < 172_800) return `${Math.floor(age / 3600)}h`;
  return `${Math.floor(age / 86_400)}d`;
}
