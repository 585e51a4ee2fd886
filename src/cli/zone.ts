import { findZone, utc, type Zone } from "../domain/zone.ts";
import { nearZones } from "../domain/zone-names.ts";
import { wrongCall } from "../hive-error.ts";
import type { World } from "../world.ts";

/** The zone of whoever looks: the one that is named, else `TZ`, else the machine's. Throws HiveError. */
export function viewerZone({ env }: World, named?: string): Zone {
  if (named !== undefined) return namedZone(named);
  const machine = new Intl.DateTimeFormat("en-US").resolvedOptions().timeZone;
  return findZone(env.TZ ?? "") ?? findZone(machine) ?? utc();
}

function namedZone(name: string): Zone {
  const zone = findZone(name);
  if (zone) return zone;
  const near = nearZones(name);
  throw wrongCall(
    `${JSON.stringify(name)} is no time zone.`,
    near.length > 0 ? `Meant one of: ${near.join(", ")}?` : "As in: --zone Europe/Berlin",
  );
}
