import type { Instant } from "./instant.ts";

/** The instant, to the second, of milliseconds since the epoch. */
export function toInstant(milliseconds: number): Instant {
  return `${new Date(milliseconds).toISOString().slice(0, 19)}Z`;
}

/** Seconds from `earlier` to `later`; negative when `later` is before `earlier`. */
export function secondsBetween(earlier: Instant, later: Instant): number {
  return (Date.parse(later) - Date.parse(earlier)) / 1000;
}

/** Whole seconds since the epoch. */
export function toSeconds(instant: Instant): number {
  return Math.floor(Date.parse(instant) / 1000);
}

/** An age for users to read: `12s`, `3m`, `2h`, `5d`. */
export function formatAge(seconds: number): string {
  const age = Math.max(0, Math.round(seconds));
  if (age < 60) return `${age}s`;
  if (age < 3600) return `${Math.floor(age / 60)}m`;
  if (age < 172_800) return `${Math.floor(age / 3600)}h`;
  return `${Math.floor(age / 86_400)}d`;
}
