import type { Operation } from "../../domain/operation.ts";
import { HiveError } from "../../errors.ts";
import type { HubStore } from "../hub-store.ts";
import { type Ending, LANDED_UNSEEN, storedErrorOf } from "../outbox/ending.ts";
import { readRoot } from "../reading/listing.ts";
import { decideAll } from "./decide-batch.ts";
import { endingOf } from "./settle.ts";

/** What an operation that has ended in the history came to: decided again on the state before its commit, it comes to the same. */
export async function replayed(store: HubStore, operation: Operation, commit: string): Promise<Ending> {
  const { objects, reader, repository } = store;
  const before = readRoot(objects, `${commit}^`);
  const { decided, findings } = await decideAll(reader, repository.address, before, [operation]);
  const outcome = decided[0]?.outcome;
  if (outcome !== undefined && outcome.kind !== "failed") return endingOf(outcome, commit, findings);
  return { kind: "failed", fault: storedErrorOf(landedUnseen(operation.op, commit)) };
}

/** Another version of git-hive decided it otherwise. */
function landedUnseen(op: string, commit: string): HiveError {
  return new HiveError(LANDED_UNSEEN, `${op} landed as ${commit}, by another git-hive.`, "See: hive log");
}
