import type { Operation } from "../domain/operation.ts";
import { HiveError } from "../hive-error.ts";
import { decideAll } from "./batch.ts";
import { type Ending, endingOf, faultOf, LANDED_UNSEEN } from "./ending.ts";
import { readRoot } from "./listing.ts";
import type { Place } from "./place.ts";

/** What an operation that has ended in the history came to: decided again on the state before its commit, it comes to the same. */
export async function replayed(place: Place, operation: Operation, commit: string): Promise<Ending> {
  const { objects, reader, repository } = place;
  const before = readRoot(objects, `${commit}^`);
  const { decided, findings } = await decideAll(reader, repository.address, before, [operation]);
  const outcome = decided[0]?.outcome;
  if (outcome !== undefined && outcome.kind !== "failed") return endingOf(outcome, commit, findings);
  return { kind: "failed", fault: faultOf(landedUnseen(operation.op, commit)) };
}

/** Another version of git-hive decided it otherwise. */
function landedUnseen(op: string, commit: string): HiveError {
  return new HiveError(LANDED_UNSEEN, `${op} landed as ${commit}, by another git-hive.`, "See: hive log");
}
