import type { Instant } from "../domain/values/instant.ts";
import { toInstant } from "../domain/values/time.ts";
import { wrongCall } from "../errors.ts";
import type { World } from "../world.ts";

/** Returns the instant of a text such as `2h` or `17:00`; undefined without a text. Throws HiveError on any other text. */
export async function readUntil(world: World, text: string | undefined): Promise<Instant | undefined> {
  if (text === undefined) return undefined;
  const { parseUntil } = await import("../domain/time/parse-until.ts");
  const { zoneOf } = await import("./zone.ts");
  const until = parseUntil(text, zoneOf(world), toInstant(world.now()));
  if (until !== undefined) return until;
  throw wrongCall(
    `${JSON.stringify(text)} is not a time in the future.`,
    'Examples: 2h, 17:00, "Mon 09:00 Europe/Berlin", 2026-01-31T12:00:00Z',
  );
}
