import { DROPPED } from "../domain/refusal.ts";
import type { Entry } from "./outbox/outbox.ts";

/**
 * The entries that are to be carried now. What the hub has refused before is tried again with what its session wishes
 * now, so that its order is kept, or where somebody insists; what was given up has to be withdrawn from other hosts'
 * sight.
 */
export function dueEntries(entries: readonly Entry[], insists: boolean): Entry[] {
  const wishing = new Set(
    entries.filter(({ trouble }) => !trouble).map(({ operation }) => operation.session),
  );
  return entries.filter(
    ({ trouble, operation }) =>
      !trouble ||
      trouble.code === DROPPED.code ||
      (trouble.by === "hub" && (insists || wishing.has(operation.session))),
  );
}
