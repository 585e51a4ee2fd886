import type { Instant } from "../domain/values/instant.ts";
import { toInstant } from "../domain/values/time.ts";
import type { World } from "../world.ts";

/** An instant, or a duration back from now as `2h`. Throws a ZodError when it is neither. */
export async function sinceOf(world: World, text: string | undefined): Promise<Instant | undefined> {
  if (text === undefined) return undefined;
  const { Duration, Instant } = await import("../domain/values/instant.ts");
  const back = Duration.safeParse(text);
  return back.success ? toInstant(world.now() - back.data * 1000) : Instant.parse(text);
}
