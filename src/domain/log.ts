import type { Instant } from "./values/instant.ts";
import { isReference } from "./values/reference.ts";

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

/** The entries that a text names by their operation or their commit: the first of each commit. */
export function entriesNamed(entries: readonly LogEntry[], text: string): LogEntry[] {
  const named = entries.filter(
    ({ op, commit }) => (op !== null && isReference(text, op)) || isReference(text, commit),
  );
  return [...new Map(named.toReversed().map((entry) => [entry.commit, entry])).values()];
}
