import { readUntil } from "../../app/until.ts";
import type { Instant } from "../../domain/values/instant.ts";
import { toInstant } from "../../domain/values/time.ts";
import type { World } from "../../world.ts";
import type { Options } from "../command.ts";
import { optionText } from "../submit.ts";

/** Returns the instant of an option such as `--until`; undefined without the option. Throws HiveError on any other text. */
export function untilOf(world: World, option: Options[string]): Promise<Instant | undefined> {
  return readUntil(world, optionText(option));
}

/** Returns an instant, also from a duration before now such as `2h`; undefined without a text. Throws ZodError on any other text. */
export async function sinceOf(world: World, text: string | undefined): Promise<Instant | undefined> {
  if (text === undefined) return undefined;
  const { Duration, Instant } = await import("../../domain/values/instant.ts");
  const back = Duration.safeParse(text);
  return back.success ? toInstant(world.now() - back.data * 1000) : Instant.parse(text);
}
