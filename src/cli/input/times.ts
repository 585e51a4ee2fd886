import { readUntil } from "../../app/until.ts";
import type { Instant } from "../../domain/values/instant.ts";
import { toInstant } from "../../domain/values/time.ts";
import type { World } from "../../world.ts";
import type { Options } from "../command.ts";
import { optionText } from "../submit.ts";

/** The instant that an option names, as `--until` or `--deadline`. Throws HiveError when it names none. */
export function untilOf(world: World, option: Options[string]): Promise<Instant | undefined> {
  return readUntil(world, optionText(option));
}

/** An instant, or a duration back from now as `2h`. Throws a ZodError when it is neither. */
export async function sinceOf(world: World, text: string | undefined): Promise<Instant | undefined> {
  if (text === undefined) return undefined;
  const { Duration, Instant } = await import("../../domain/values/instant.ts");
  const back = Duration.safeParse(text);
  return back.success ? toInstant(world.now() - back.data * 1000) : Instant.parse(text);
}
