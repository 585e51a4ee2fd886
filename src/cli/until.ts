import type { Instant } from "../domain/instant.ts";
import { toInstant } from "../domain/time.ts";
import { wrongCall } from "../hive-error.ts";
import type { World } from "../world.ts";

/** The instant that `--until` names. Throws HiveError when it names none. */
export async function untilOf(world: World, text: string): Promise<Instant> {
  const { parseUntil } = await import("../domain/parse-until.ts");
  const { viewerZone } = await import("./zone.ts");
  const until = parseUntil(text, viewerZone(world), toInstant(world.now()));
  if (until !== undefined) return until;
  throw wrongCall(
    `${JSON.stringify(text)} is no time to come.`,
    'As in: --until 2h, --until 17:00, --until "Mon 09:00 Europe/Berlin", --until 2026-01-31T12:00:00Z',
  );
}
