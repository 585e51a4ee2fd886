import { Login, Team } from "../values/github-names.ts";
import { SessionId } from "../values/ids.ts";
import { Duration } from "../values/instant.ts";
import * as z from "../values/z.ts";
import { DEFAULT_SETTINGS, FORMAT } from "./default-settings.ts";

const { notify, github } = DEFAULT_SETTINGS;
const { throttle, window, alive_after, offline_after, takeover_after } = DEFAULT_SETTINGS.heartbeat;
const { retire_after, retire_unused_after } = DEFAULT_SETTINGS.sessions;
const { expire_after, archive_after } = DEFAULT_SETTINGS.requests;

/** A shorter time than this is no sign of a wrong clock: an HTTP server tells its time to the second, and answers take time. */
const MIN_AHEAD_SECONDS = 60;

const Label = z.string().check(z.regex(/^[^,\s][^,]{0,39}$/, "a label has 1 to 40 characters and no comma"));

/** The users to notify of urgent messages: only those named here, never those named in a message. */
const Notify = z.looseObject({
  within: z._default(Duration, notify.within),
  urgent: z.prefault(
    z.looseObject({
      users: z._default(z.array(Login).check(z.maxLength(10)), notify.urgent.users),
      teams: z._default(z.array(Team).check(z.maxLength(10)), notify.urgent.teams),
      assign: z._default(z.boolean(), notify.urgent.assign),
      per_hour: z._default(z.int().check(z.minimum(0), z.maximum(100)), notify.urgent.per_hour),
    }),
    {},
  ),
});

const GitHub = z.looseObject({
  users: z._default(
    z.record(Login, z.union([SessionId, z.array(SessionId).check(z.minLength(1), z.maxLength(64))])),
    github.users,
  ),
  labels: z.prefault(
    z.looseObject({
      broadcast: z._default(Label, github.labels.broadcast),
      request: z._default(Label, github.labels.request),
      priority: z._default(Label, github.labels.priority),
    }),
    {},
  ),
});

/** `hive.yaml`. Durations are written like `15m` and read as seconds. Unknown keys are kept for newer versions. */
export const Settings = z.looseObject({
  format: z._default(z.int().check(z.positive()), FORMAT),
  /** The newest of the rules that came after the first hubs and that this hub keeps. */
  rules: z._default(z.int().check(z.nonnegative()), DEFAULT_SETTINGS.rules),
  /** Tells this hub from others, whatever its address. It never changes; hubs of older versions have none. */
  id: z.optional(
    z
      .string()
      .check(z.regex(/^[A-Za-z0-9][A-Za-z0-9-]{7,63}$/, "an id has 8 to 64 letters, digits and hyphens")),
  ),
  heartbeat: z.prefault(
    z.looseObject({
      throttle: z._default(Duration, throttle),
      window: z._default(Duration, window),
      alive_after: z._default(Duration, alive_after),
      offline_after: z._default(Duration, offline_after),
      takeover_after: z._default(Duration, takeover_after),
    }),
    {},
  ),
  sessions: z.prefault(
    z.looseObject({
      retire_after: z._default(Duration, retire_after),
      retire_unused_after: z._default(Duration, retire_unused_after),
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
  clocks: z.prefault(
    z.looseObject({
      max_ahead: z._default(
        Duration.check(
          z.refine((seconds) => seconds >= MIN_AHEAD_SECONDS, "clocks differ by a minute: at least 1m"),
        ),
        DEFAULT_SETTINGS.clocks.max_ahead,
      ),
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
  notify: z.prefault(Notify, {}),
  github: z.prefault(GitHub, {}),
});
export type Settings = z.infer<typeof Settings>;
