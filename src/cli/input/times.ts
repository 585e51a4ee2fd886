import { readUntil } from "../../app/until.ts";
import type { Instant } from "../../domain/values/instant.ts";
import type { World } from "../../world.ts";
import type { Options } from "../command.ts";
import { optionText } from "../submit.ts";

/** The instant that an option names, as `--until` or `--deadline`. Throws HiveError when it names none. */
export function untilOf(world: World, option: Options[string]): Promise<Instant | undefined> {
  return readUntil(world, optionText(option));
}
