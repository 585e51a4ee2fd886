import { DROPPED } from "../domain/refusals.ts";
import type { Trouble } from "../domain/stored-operation.ts";
import { type Ending, LANDED_UNSEEN } from "./ending.ts";
import { isAlive } from "./living.ts";
import type { Entry } from "./outbox.ts";
import type { Place } from "./place.ts";

/**
 * Ends an entry: tells the process that waits for it, and forgets it or notes why it stays. What nobody waits for any
 * more was promised to land, so a refusal stays to be seen. `isOwn` where the writer's own process waits.
 */
export function settle(
  { outbox, results }: Place,
  entry: Entry,
  ending: Ending,
  isOwn: boolean,
  trouble?: Trouble,
): void {
  const { waiter } = entry;
  const isHeard = isOwn || (waiter !== undefined && isAlive(waiter));
  const tell = () => {
    if (isHeard && !isOwn && waiter) results.leave(entry.operation.op, waiter, ending);
  };
  const mayStay = ending.kind === "queued" || ending.kind === "kept";
  if (mayStay || ending.kind === "landed" || isOver(ending) || entry.trouble?.code === DROPPED.code) {
    tell();
    if (mayStay) outbox.keep(entry, trouble);
    else outbox.forget(entry);
    return;
  }
  // Taken out before it is told: what was told to be refused must not be there for anybody to carry.
  if (isHeard && outbox.remove(entry)) tell();
  else outbox.keep(entry, troubleOf(ending));
}

/** It landed by another version, and nobody here can tell with what result. */
function isOver(ending: Ending): boolean {
  return ending.kind === "failed" && ending.fault.code === LANDED_UNSEEN;
}

function troubleOf(ending: Ending & { kind: "refusal" | "failed" }): Trouble {
  const { code, message, hint } = ending.kind === "refusal" ? ending : ending.fault;
  return { by: ending.kind === "refusal" ? "rules" : "hub", code, message, hint };
}
