import type { Instant } from "../domain/instant.ts";
import { toInstant } from "../domain/time.ts";
import { wrongCall } from "../hive-error.ts";
import type { World } from "../world.ts";
import type { Options } from "./command.ts";
import { optionText } from "./write.ts";

/** The instant that an option names, as `--until` or `--deadline`. Throws HiveError when it names none. */
export async function untilOf(world: World, option: Options[string]): Promise<Instant | undefined> {
  const text = optionText(option);
  if (text === undefined) return undefined;
  const { parseUntil } = await import("../domain/parse-until.ts");
  const { viewerZone } = await import("./zone.ts");
  const until = parseUntil(text, viewerZone(world), toInstant(world.now()));
  if (until !== undefined) return until;
  throw wrongCall(
    `${JSON.stringify(text)} is no time to come.`,
    'As in: 2h, 17:00, "Mon 09:00 Europe/Berlin", 2026-01-31T12:00:00Z',
  );
}
