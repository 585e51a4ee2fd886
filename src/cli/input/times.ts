import type { Instant } from "../domain/instant.ts";
import { readUntil } from "../until.ts";
import type { World } from "../world.ts";
import type { Options } from "./command.ts";
import { optionText } from "./write.ts";

/** The instant that an option names, as `--until` or `--deadline`. Throws HiveError when it names none. */
export function untilOf(world: World, option: Options[string]): Promise<Instant | undefined> {
  return readUntil(world, optionText(option));
}
