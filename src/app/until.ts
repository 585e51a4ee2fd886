import type { TimeRead } from "../domain/time/read-time.ts";
import type { Zone } from "../domain/time/zone.ts";
import type { Instant } from "../domain/values/instant.ts";
import { toInstant } from "../domain/values/time.ts";
import { wrongCall } from "../errors.ts";
import type { World } from "../world.ts";

/** Returns the instant of a text such as `2h` or `17:00`; undefined without a text. Throws HiveError on any other text. */
export async function readUntil(world: World, text: string | undefined): Promise<Instant | undefined> {
  if (text === undefined) return undefined;
  const { readUntil: read, TIME_EXAMPLES } = await import("../domain/time/read-time.ts");
  await tellZoneTrouble(world);
  return instantOf(await timeIn(world, text, read), TIME_EXAMPLES);
}

/** Whether a text is a time to come. */
export async function isUntil(world: World, text: string): Promise<boolean> {
  const { readUntil: read } = await import("../domain/time/read-time.ts");
  return "at" in (await timeIn(world, text, read));
}

/** Returns the instant of a text such as `2h` (ago) or `yesterday`; undefined without a text. Throws HiveError on any other text. */
export async function readSince(world: World, text: string | undefined): Promise<Instant | undefined> {
  if (text === undefined) return undefined;
  const { readSince: read, PAST_EXAMPLES } = await import("../domain/time/read-time.ts");
  await tellZoneTrouble(world);
  return instantOf(await timeIn(world, text, read), PAST_EXAMPLES);
}

async function timeIn(
  world: World,
  text: string,
  read: (text: string, zone: Zone, now: Instant) => TimeRead,
): Promise<TimeRead> {
  const { zoneOf } = await import("./zone.ts");
  return read(text, zoneOf(world), toInstant(world.now()));
}

/** Says that a time is not read in the zone that the user meant. */
async function tellZoneTrouble(world: World): Promise<void> {
  const { zoneTrouble } = await import("./zone.ts");
  const trouble = zoneTrouble(world);
  if (trouble !== undefined) world.err(`${trouble}\n`);
}

function instantOf(time: TimeRead, examples: string): Instant {
  if ("at" in time) return time.at;
  throw wrongCall(time.fault, `Examples: ${examples}`);
}
