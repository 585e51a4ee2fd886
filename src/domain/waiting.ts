import type { Operation } from "./operation.ts";
import type { SessionId, Ulid } from "./values/ids.ts";
import type { Instant } from "./values/instant.ts";

/**
 * An operation that has not landed, and why it waits:
 * 1. unsent: the next command sends it;
 * 2. riding: a heartbeat that goes with this host's next push;
 * 3. sending: a command is sending it now;
 * 4. refused by the hub: `hive sync` tries again;
 * 5. refused by the rules: it will not land, and is kept to be shown.
 */
export interface Waiting {
  readonly op: Ulid;
  readonly kind: string;
  readonly session: SessionId;
  readonly at: Instant;
  readonly state: "unsent" | "riding" | "sending" | "refused by the hub" | "refused by the rules";
  readonly why: string | null;
}

/** Whether an operation can wait for its host's next push: true for a heartbeat without news. */
export function canRideAlong({ kind, input }: Operation): boolean {
  if (kind !== "heartbeat") return false;
  return Object.values(input ?? {}).every((value) => value === undefined);
}
