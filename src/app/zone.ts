import { findZone, utc, type Zone } from "../domain/time/zone.ts";
import type { World } from "../world.ts";

/** The zone that whoever is here lives by: `TZ`, else the machine's. */
export function zoneOf({ env }: World): Zone {
  const machine = new Intl.DateTimeFormat("en-US").resolvedOptions().timeZone;
  return findZone(env.TZ ?? "") ?? findZone(machine) ?? utc();
}
