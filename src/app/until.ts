import type { TimeRead } from "../domain/time/read-time.ts";
import type { Zone } from "../domain/time/zone.ts";
import type { Instant } from "../domain/values/instant.ts";
import { toInstant } from "../domain/values/time.ts";
import { wrongCall } from "../errors.ts";
import type { World } from "../world.ts";

type Forms = typeof import("../domain/time/read-time.ts");

/** Returns the instant of a text such as `2h` or `17:00`; undefined without a text. Throws HiveError on any other text. */
export async function readUntil(world: World, text: string | undefined): Promise<Instant | undefined> {
  return text === undefined
    ? undefined
    : read(world, text, ({ readUntil, TIME_EXAMPLES }) => [readUntil, TIME_EXAMPLES]);
}

/** Returns the instant of a text such as `2h` (ago) or `yesterday`; undefined without a text. Throws HiveError on any other text. */
export async function readSince(world: World, text: string | undefined): Promise<Instant | undefined> {
  return text === undefined
    ? undefined
    : read(world, text, ({ readSince, PAST_EXAMPLES }) => [readSince, PAST_EXAMPLES]);
}

async function read(
  world: World,
  text: string,
  choose: (forms: Forms) => readonly [(text: string, zone: Zone, now: Instant) => TimeRead, examples: string],
): Promise<Instant> {
  const forms = await import("../domain/time/read-time.ts");
  const { zoneOf } = await import("./zone.ts");
  const [readTime, examples] = choose(forms);
  const time = readTime(text, zoneOf(world), toInstant(world.now()));
  if ("at" in time) return time.at;
  throw wrongCall(time.fault, `Examples: ${examples}`);
}
