import type { Instant } from "./values/instant.ts";

/** One commit of the hub's history; `op` is null for a commit made by hand. */
export interface LogEntry {
  readonly op: string | null;
  readonly kind: string;
  readonly session: string;
  readonly at: Instant;
  readonly subject: string;
  readonly commit: string;
}

export interface LogFilter {
  readonly session?: string | undefined;
  readonly kinds?: readonly string[] | undefined;
  readonly since?: Instant | undefined;
}

/** The entries that match a filter, in their original order. */
export function filterLog(entries: readonly LogEntry[], { session, kinds, since }: LogFilter): LogEntry[] {
  return entries.filter(
    (entry) =>
      (session === undefined || entry.session === session) &&
      (kinds === undefined || kinds.includes(entry.kind)) &&
      (since === undefined || Date.parse(entry.at) >= Date.parse(since)),
  );
}
