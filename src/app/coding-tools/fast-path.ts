// A file of its own, because most hooks end here and load nothing else.
import { answersWithin } from "../../store/host/answers-within.ts";
import { beatsIn, stateDirectory } from "../../store/host/environment.ts";
import { Stamp } from "../../store/identity/tool-memory.ts";
import type { World } from "../../world.ts";

/** The time between two heartbeats of a working session, in seconds. A little less than the shell script in the plugin checks. */
export const HEARTBEAT_SECONDS = 110;

/** How long the state directory may take to answer a hook, in milliseconds. */
const STATE_TIMEOUT_MS = 2000;

/** Whether this host's state directory answers. On a file server that is away it may never do so. */
export function isStateReachable({ env, home }: World): Promise<boolean> {
  return answersWithin(stateDirectory(env, home), STATE_TIMEOUT_MS);
}

/** Whether a coding tool's session sent a heartbeat within `HEARTBEAT_SECONDS`. Needs no hub, so that most events end here. */
export function hasRecentHeartbeat(world: World, { id }: { readonly id: string }): boolean {
  const beats = beatsIn(stateDirectory(world.env, world.home));
  return Stamp.named(beats, id)?.isYoungerThan(HEARTBEAT_SECONDS, world.now()) === true;
}
