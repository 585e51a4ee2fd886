import type { Instant } from "../domain/values/instant.ts";
import { toInstant } from "../domain/values/time.ts";
import { wrongCall } from "../errors.ts";
import type { World } from "../world.ts";

/** Returns the instant of a text such as `2h` or `17:00`; undefined without a text. Throws HiveError on any other text. */
export async function readUntil(world: World, text: string | undefined): Promise<Instant | undefined> {
  return text === undefined ? undefined : read(world, text, "next");
}

/** Returns the instant of a text such as `2h` (ago) or `yesterday`; undefined without a text. Throws HiveError on any other text. */
export async function readSince(world: World, text: string | undefined): Promise<Instant | undefined> {
  return text === undefined ? undefined : read(world, text, "last");
}

async function read(world: World, text: string, direction: "next" | "last"): Promise<Instant> {
  const forms = await import("../domain/time/read-time.ts");
  const { zoneOf } = await import("./zone.ts");
  const isNext = direction === "next";
  const readTime = isNext ? forms.readUntil : forms.readSince;
  const time = readTime(text, zoneOf(world), toInstant(world.now()));
  if ("at" in time) return time.at;
  throw wrongCall(time.fault, `Examples: ${isNext ? forms.TIME_EXAMPLES : forms.PAST_EXAMPLES}`);
}
