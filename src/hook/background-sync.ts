// A file of its own, because a hook loads the modules that open a hub only when there is something to do.
import { reportDepartures } from "../app/coding-tools/departures.ts";
import { ToolSession } from "../app/coding-tools/tool-session.ts";
import type { World } from "../world.ts";

/**
 * Tells the hub of a coding tool's session who has ended, fetches from it and sends the outbox. It has no time limit,
 * because it runs in a detached process.
 */
export async function backgroundSync(world: World, tool = ""): Promise<void> {
  const toolSession = ToolSession.ofTool(world, tool);
  if (toolSession === undefined) return;
  await reportDepartures(world, toolSession.address);
  if (!toolSession.isRemote) return;
  const hive = await toolSession.openOnline();
  // A command that reads from the remote also sends what earlier commands left in the outbox.
  await hive.read(["settings"]).finally(() => hive.close());
}
