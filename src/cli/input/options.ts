type Option = readonly [flags: string, description: string];

/** The options every command takes. */
export const GLOBAL_OPTIONS: readonly Option[] = [
  ["--json", "print one JSON document"],
  ["--as <session>", "act as this session"],
  ["--hub <url|path>", "use this hub"],
  ["--offline", "do not ask the hub: read what this host last saw, queue what is written"],
  [
    "--timeout <duration>",
    "how long a write waits to land before it is queued (60s), and wait for what it waits for",
  ],
  ["-q, --quiet", "print results only"],
  ["--no-color", "print no colors"],
];

/** What `hive` itself says of itself. */
export const DESCRIPTION = "Coordinates coding sessions through Git.";
