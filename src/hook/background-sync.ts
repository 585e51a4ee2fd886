// By itself, for a hook loads nothing that opens a hub before it knows that there is something to do.
import { openWorkplace } from "../app/workplace/workplace.ts";
import type { World } from "../world.ts";

/** Fetches what is new and sends what waits on this host. Nobody waits for it, so it may take its time. */
export async function exchange(world: World): Promise<void> {
  const { hive } = await openWorkplace(world, {});
  // Whoever reads the hub from its remote carries what earlier commands have left.
  await hive.read(["settings"]).finally(() => hive.close());
}
