import type { SessionId } from "../values/ids.ts";

/** The format this version writes; to this version, a hub with a newer format is read-only. */
export const FORMAT = 1;

/**
 * The newest rules of `hive validate` that hubs of older versions need not keep. Its number rises with each, and stands in
 * the settings of a new hub:
 * 1. a session's status is one of the states.
 */
export const RULES = 1;

/** The value of each setting that a hub does not set. Durations are in seconds. */
export const DEFAULT_SETTINGS = {
  format: FORMAT,
  /** A hub that was made before there were such rules has none of them. */
  rules: 0,
  heartbeat: { throttle: 60, window: 120, alive_after: 900, offline_after: 86_400, takeover_after: 7200 },
  sessions: { retire_after: 2_592_000, retire_unused_after: 86_400 },
  requests: { expire_after: 604_800, archive_after: 2_592_000 },
  clocks: { max_ahead: 300 },
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

/** `hive.yaml` of a new hub, without its id: every default is written out so that users find the setting. */
export const SETTINGS_TEXT = `# Settings of this hub. Durations: 90s, 15m, 24h, 7d.
format: ${FORMAT}
rules: ${RULES}            # which rules hive validate holds this hub to beside those of old hubs; 0: none

heartbeat:
  throttle: 1m        # a heartbeat writes nothing within this time after the last one
  window: 2m          # a heartbeat without news waits this long for its host's next push
  alive_after: 15m    # a session is alive while its last heartbeat is newer than this
  offline_after: 24h  # and offline when it is older than this; in between it is stale
  takeover_after: 2h  # and after this time of silence others may take its work over, or take their requests back

sessions:
  retire_after: 30d        # a session that was silent for this long leaves the registry
  retire_unused_after: 1d  # and this long after a coding tool started one that did nothing

requests:
  expire_after: 7d    # a request without an answer expires after this time
  archive_after: 30d  # a request moves to ARCHIVE/ this long after it ended

clocks:
  max_ahead: 5m       # a write of a host whose clock is ahead of the hub's by more than this is refused

limits:
  file_bytes: 262144  # larger files in this folder are reported, not read

notify:               # hive publish: broadcasts and urgent requests as GitHub issues
  within: 7d          # anything older is not posted
  urgent:
    users: []         # GitHub users to mention, and to assign if GitHub allows it
    teams: []         # organization/team; needs a token that can read teams
    assign: true
    per_hour: 6       # after this many urgent issues in one hour, no user is mentioned

github:
  users: {}           # users who may answer for a session by comment: ada-dev: session-1, or a list
  labels:
    broadcast: broadcast
    request: request
    priority: "priority:"   # followed by normal, high or urgent
`;

/** `hive.yaml` of a new hub with its id. */
export function settingsText(id: string): string {
  return SETTINGS_TEXT.replace(
    /^(format: .*\n)/m,
    `$1id: ${id}  # tells this hub from others at every address; never change it\n`,
  );
}
