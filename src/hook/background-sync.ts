// A file of its own, because a hook loads the modules that open a hub only when there is something to do.
import { forgetGoneSessions, reportDepartures } from "../app/coding-tools/departures.ts";
import { ToolSession } from "../app/coding-tools/tool-session.ts";
import type { World } from "../world.ts";

/**
 * Tells the hub of a coding tool's session who has ended, fetches from it and sends the outbox, also at the hub to which
 * the session belonged before. It has no time limit, because it runs in a detached process.
 */
export async function backgroundSync(world: World, tool = ""): Promise<void> {
  const toolSession = ToolSession.ofTool(world, tool);
  if (toolSession === undefined) return;
  await exchange(world, toolSession).finally(() => toolSession.noteSynced());
  forgetGoneSessions(world);
  if (toolSession.former !== undefined) toolSession.run.forgetFormerHub();
}

async function exchange(world: World, toolSession: ToolSession): Promise<void> {
  const { address, former } = toolSession;
  for (const each of former === undefined ? [address] : [address, former]) {
    await reportDepartures(world, each);
    if (each.kind === "path") continue;
    const hive = await toolSession.openOnline(each);
    // A command that reads from the remote also sends what earlier commands left in the outbox.
    await hive.read(["settings"]).finally(() => hive.close());
  }
}
