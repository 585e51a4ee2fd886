import { HiveError } from "../../errors.ts";
import type { HubStore } from "../hub-store.ts";
import type { Ending } from "../outbox/ending.ts";
import type { OutboxEntry } from "../outbox/outbox.ts";
import { BranchView } from "./branch-view.ts";

/**
 * How an operation ended, as the history of the hub tells. Undefined when the history does not tell, or the hub does not
 * answer. With `refreshes`, the hub is asked for its newest commit first.
 */
export async function endingOnHub(
  store: HubStore,
  entry: OutboxEntry,
  refreshes: boolean,
): Promise<Ending | undefined> {
  const view = new BranchView(store);
  try {
    if (refreshes) await view.refresh();
    await view.base([entry]);
    return await view.endingOnBranch(entry);
  } catch (error) {
    if (error instanceof HiveError) return undefined;
    throw error;
  }
}
