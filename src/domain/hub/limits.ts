import type { LayoutKind } from "./layout.ts";

/**
 * The most files of one kind that are read. What is beyond is left out and reported, and nothing is written that
 * depends on it. A hub keeps the profile of each session that it ever had: 20 new sessions a day for three years.
 */
export const MAX_FILES_OF_KIND = 20_000;

/**
 * With more files than that, somebody has flooded the folder. Then only this many of them are read, beside those that this
 * host has read before.
 */
export const MAX_FILES_OF_FLOOD = 2000;

/** The most files in the hub's folder that are checked although git-hive does not read them. */
export const MAX_OTHER_FILES = 5000;

/** The most bytes that the files of one kind may have together: 32 MiB. */
export const MAX_BYTES_OF_KIND = 33_554_432;

/** The same for requests in the archive, which grows for as long as the hub exists: 50,000 files and 64 MiB. */
export const MAX_ARCHIVED_FILES = 50_000;
export const MAX_ARCHIVED_BYTES = 67_108_864;

/** The most bytes of the registry: 16 MiB, which is 800 bytes for each of the most sessions that are read. It is generated. */
export const MAX_REGISTRY_BYTES = 16_777_216;

/** The most retired sessions: a hub with more retires no other. With names of any length, they fit into the bytes. */
export const MAX_RETIRED_SESSIONS = 50_000;
/** The most bytes of the file that names the retired sessions: 16 MiB. */
export const MAX_RETIRED_BYTES = 16_777_216;

/** The kinds of which a reader needs every file. Of the others, it reads the newest. */
export const WHOLE_KINDS = [
  "sessions",
  "heartbeats",
  "collaborations",
  "claims",
] as const satisfies LayoutKind[];
