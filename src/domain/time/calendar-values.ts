import { MINUTE_MS } from "./zone.ts";

/** The weekdays of iCalendar (RFC 5545), Monday first. */
export const WEEKDAYS = ["MO", "TU", "WE", "TH", "FR", "SA", "SU"] as const;

/** An instant like `20260131T120000Z`. */
export function encodeInstant(milliseconds: number): string {
  return `${encodeWall(milliseconds)}Z`;
}

/** A wall time like `20260131T120000`. */
export function encodeWall(wall: number): string {
  return new Date(wall).toISOString().slice(0, 19).replaceAll(/[-:]/g, "");
}

/** An offset from UTC like `+0530`. */
export function encodeOffset(milliseconds: number): string {
  const minutes = Math.abs(milliseconds) / MINUTE_MS;
  const parts = [Math.floor(minutes / 60), minutes % 60].map((part) => String(part).padStart(2, "0"));
  return `${milliseconds < 0 ? "-" : "+"}${parts.join("")}`;
}
