import { zoneOf } from "../../app/zone.ts";
import { findZone, type Zone } from "../../domain/time/zone.ts";
import { nearZones } from "../../domain/time/zone-names.ts";
import { wrongCall } from "../../errors.ts";
import type { World } from "../../world.ts";

/** The zone of whoever looks: the one that is named, else `TZ`, else the machine's. Throws HiveError. */
export function viewerZone(world: World, named?: string): Zone {
  return named === undefined ? zoneOf(world) : namedZone(named);
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
