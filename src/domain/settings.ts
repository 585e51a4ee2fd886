import { DEFAULT_SETTINGS, FORMAT } from "./default-settings.ts";
import { Duration } from "./instant.ts";
import * as z from "./z.ts";

const { throttle, window, alive_after, offline_after } = DEFAULT_SETTINGS.heartbeat;
const { expire_after, archive_after } = DEFAULT_SETTINGS.requests;

/** `hive.yaml`. Durations are written as `15m` and read as seconds. Unknown keys are kept for newer versions. */
export const Settings = z.looseObject({
  format: z._default(z.int().check(z.positive()), FORMAT),
  heartbeat: z.prefault(
    z.looseObject({
      throttle: z._default(Duration, throttle),
      window: z._default(Duration, window),
      alive_after: z._default(Duration, alive_after),
      offline_after: z._default(Duration, offline_after),
    }),
    {},
  ),
  requests: z.prefault(
    z.looseObject({
      expire_after: z._default(Duration, expire_after),
      archive_after: z._default(Duration, archive_after),
    }),
    {},
  ),
  limits: z.prefault(
    z.looseObject({
      file_bytes: z._default(
        z.int().check(z.minimum(1024), z.maximum(16_777_216)),
        DEFAULT_SETTINGS.limits.file_bytes,
      ),
    }),
    {},
  ),
});
export type Settings = z.infer<typeof Settings>;
