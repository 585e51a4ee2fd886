import * as z from "zod/mini";
import { Duration } from "./instant.ts";

/** The format this version writes; a hub with a newer one is read-only to it. */
export const FORMAT = 1;

const seconds = (value: string) => z._default(Duration, Duration.parse(value));

/** `hive.yaml`. Durations are written as `15m` and read as seconds. Unknown keys are kept for newer versions. */
export const Settings = z.looseObject({
  format: z._default(z.int().check(z.positive()), FORMAT),
  heartbeat: z.prefault(
    z.looseObject({
      throttle: seconds("1m"),
      alive_after: seconds("15m"),
      offline_after: seconds("24h"),
    }),
    {},
  ),
});
export type Settings = z.infer<typeof Settings>;

export const DEFAULT_SETTINGS: Settings = Settings.parse({});

/** What a new hub starts with: every value is the default, written out so that people find it. */
export const SETTINGS_TEXT = `# Settings of this hub. Durations: 90s, 15m, 24h, 7d.
format: ${FORMAT}

heartbeat:
  throttle: 1m        # a heartbeat sooner than this after the last one writes nothing
  alive_after: 15m    # a session is alive while its last heartbeat is younger
  offline_after: 24h  # and offline once it is older; between the two it is stale
`;
