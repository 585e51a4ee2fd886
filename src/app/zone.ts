import { findZone, utc, type Zone } from "../domain/time/zone.ts";
import type { World } from "../world.ts";

/** Returns the user's time zone: `TZ`; UTC where that names none; the machine's without it. */
export function zoneOf({ env }: Pick<World, "env">): Zone {
  if (env.TZ !== undefined) return findZone(nameIn(env.TZ)) ?? utc();
  const machine = new Intl.DateTimeFormat("en-US").resolvedOptions().timeZone as string | undefined;
  return findZone(machine ?? "") ?? utc();
}

/** What to say of a `TZ` that names no time zone; undefined where there is nothing to say. */
export function zoneTrouble({ env }: Pick<World, "env">): string | undefined {
  const { TZ } = env;
  if (!TZ || findZone(nameIn(TZ)) !== undefined) return undefined;
  return `TZ=${JSON.stringify(TZ)} names no time zone, so times are read and shown in UTC. Example: TZ=Europe/Berlin`;
}

/** The name of a zone as POSIX lets it be written: after a colon, or as the path of the zone's file. */
function nameIn(text: string): string {
  return text.replace(/^:/, "").replace(/^.*\/zoneinfo\//, "");
}
