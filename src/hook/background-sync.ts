// A file of its own, because a hook loads the modules that open a hub only when there is something to do.
import { openWorkplace } from "../app/workplace/workplace.ts";
import type { World } from "../world.ts";

/** Fetches from the hub and sends the outbox. It has no time limit, because it runs in a detached process. */
export async function backgroundSync(world: World): Promise<void> {
  const { hive } = await openWorkplace(world, {});
  // A command that reads from the remote also sends what earlier commands left in the outbox.
  await hive.read(["settings"]).finally(() => hive.close());
}
