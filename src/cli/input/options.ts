type Option = readonly [flags: string, description: string];

/** The options of every command. */
export const GLOBAL_OPTIONS: readonly Option[] = [
  ["--json", "print one JSON document"],
  ["--as <session>", "act as this session"],
  ["--hub <url|path>", "use this hub"],
  ["--offline", "do not contact the hub: read the last fetched state, queue writes"],
  [
    "--timeout <duration>",
    "how long a write tries to land before it is queued (60s), or how long hive wait and watch go on",
  ],
  ["-q, --quiet", "print results only"],
  ["--color <when>", "auto, always or never (auto: on a terminal)"],
  ["--no-color", "print no colors"],
];

/** The first line of `hive --help`. */
export const DESCRIPTION = "Coordinates coding sessions through Git.";

/** The forms in which `hive validate` prints what it finds. */
export const OUTPUT_FORMATS = ["text", "json", "github"] as const;
