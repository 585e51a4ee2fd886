import type { SessionId } from "../values/ids.ts";

/** The format this version writes; a hub with a newer one is read-only to it. */
export const FORMAT = 1;

/** What holds where a hub's settings say nothing: times are in seconds. */
export const DEFAULT_SETTINGS = {
  format: FORMAT,
  heartbeat: { throttle: 60, window: 120, alive_after: 900, offline_after: 86_400 },
  requests: { expire_after: 604_800, archive_after: 2_592_000 },
  limits: { file_bytes: 262_144 },
  notify: {
    within: 604_800,
    urgent: { users: [] as string[], teams: [] as string[], assign: true, per_hour: 6 },
  },
  github: {
    users: {} as Record<string, SessionId | SessionId[]>,
    labels: { broadcast: "broadcast", request: "request", priority: "priority:" },
  },
};

/** What a new hub starts with: every value is the default, written out so that people find it. */
export const SETTINGS_TEXT = `# Settings of this hub. Durations: 90s, 15m, 24h, 7d.
format: ${FORMAT}

heartbeat:
  throttle: 1m        # a heartbeat sooner than this after the last one writes nothing
  window: 2m          # one with nothing new to say waits so long for its host's next push
  alive_after: 15m    # a session is alive while its last heartbeat is younger
  offline_after: 24h  # and offline once it is older; between the two it is stale

requests:
  expire_after: 7d    # a request that nobody answered for so long expires
  archive_after: 30d  # and one that ended so long ago moves to ARCHIVE/

limits:
  file_bytes: 262144  # larger files in this folder are reported and not read

notify:               # hive publish: broadcasts and urgent requests as GitHub issues
  within: 7d          # what is older is not posted any more
  urgent:
    users: []         # GitHub users to mention, and to assign where GitHub allows it
    teams: []         # organization/team; needs a token that may see teams
    assign: true
    per_hour: 6       # beyond so many urgent issues within an hour, nobody is mentioned

github:
  users: {}           # whose comments on a request's issue count: ada-dev: session-1, or a list
  labels:
    broadcast: broadcast
    request: request
    priority: "priority:"   # followed by normal, high or urgent
`;
