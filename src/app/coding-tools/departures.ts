import { OFFLINE } from "../../domain/sessions/presence.ts";
import { Host } from "../../store/host/state-directory.ts";
import type { HubAddress } from "../../store/hub/address.ts";
import { hubName } from "../../store/hub/location.ts";
import { forgetGoneSessions as forgetGone } from "../../store/identity/forget-sessions.ts";
import { GivenNames } from "../../store/identity/given-names.ts";
import { ToolRecords } from "../../store/identity/tool-records.ts";
import type { World } from "../../world.ts";
import { ToolSession } from "./tool-session.ts";

/**
 * Tells a hub which coding tools' sessions of this host have ended: those whose tool said so, and those whose process
 * is dead. Costs two listings of small directories where there are none. Does not use the network: what a remote hub is
 * told waits in the outbox. Never throws, because the command that it goes before has its own work.
 */
export async function reportDepartures(world: World, address: HubAddress): Promise<void> {
  try {
    const host = new Host(world.env, world.home);
    for (const tool of new ToolRecords(host).bereft()) leaveAt(world, address, tool);
    const names = new GivenNames(host, hubName(host, address));
    if (names.leaving().length === 0) return;
    await names.alone("telling", "departures", () => tell(world, host, address, names));
  } catch {
    // The next command tries again.
    return;
  }
}

/** Tells the hub to which a session belonged that it is gone there, if its project's hub was chosen anew. */
export async function leaveFormerHub(world: World, toolSession: ToolSession): Promise<void> {
  const { former } = toolSession;
  if (former === undefined) return;
  toolSession.leaveFormer();
  toolSession.run.moveHub();
  await reportDepartures(world, former);
  if (former.kind === "path") toolSession.run.forgetFormerHub();
  else await toolSession.startDetached("exchange");
}

/** Deletes what this host knows of sessions that are long gone. */
export function forgetGoneSessions({ env, home, now }: World): void {
  forgetGone(new Host(env, home), now());
}

/** Records that a session whose process is dead has ended, if it is one of this hub. */
function leaveAt(world: World, address: HubAddress, tool: string): void {
  const session = ToolSession.ofTool(world, tool);
  if (session?.isAt(address)) session.leave(true);
}

async function tell(world: World, host: Host, address: HubAddress, names: GivenNames): Promise<void> {
  const leaving = names.leaving();
  if (leaving.length === 0) return;
  const { Hive } = await import("../hive/hive.ts");
  const hive = await Hive.open(world, host, address, {
    isOffline: address.kind === "remote",
    seconds: WRITE_SECONDS,
  });
  try {
    for (const tool of leaving) {
      const given = names.find(tool);
      if (given !== undefined)
        await hive.submit("heartbeat", { status: OFFLINE }, given.session, given.registration);
      names.stay(tool);
    }
  } finally {
    hive.close();
  }
}

/** For how many seconds telling a hub on this disk may take. */
const WRITE_SECONDS = 2;
