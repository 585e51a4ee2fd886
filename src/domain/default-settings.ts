/** The format this version writes; a hub with a newer one is read-only to it. */
export const FORMAT = 1;

/** What holds where a hub's settings say nothing: times are in seconds. */
export const DEFAULT_SETTINGS = {
  format: FORMAT,
  heartbeat: { throttle: 60, window: 120, alive_after: 900, offline_after: 86_400 },
  requests: { expire_after: 604_800, archive_after: 2_592_000 },
  limits: { file_bytes: 262_144 },
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
`;
