import { findZone, utc, type Zone } from "../domain/time/zone.ts";
import type { World } from "../world.ts";

/** Returns the user's time zone: `TZ`, else the machine's, else UTC. */
export function zoneOf({ env }: World): Zone {
  const machine = new Intl.DateTimeFormat("en-US").resolvedOptions().timeZone;
  return findZone(env.TZ ?? "") ?? findZone(machine) ?? utc();
}
