import type { HubAddress } from "../hub/address.ts";
import type { BadOutboxes } from "./bad-outboxes.ts";
import type { Repository } from "./repository.ts";

/** The parts of a replica that a fetch and a push need. */
export type Replica = Pick<Repository, "git" | "locks"> & {
  readonly address: HubAddress & { kind: "remote" };
  /** How long an answer of the hub may take; undefined where the user gave no limit. */
  readonly seconds: number | undefined;
  readonly bad: BadOutboxes;
  /** Returns the ref of a hub on this disk that keeps from gc what this host pushed last. */
  heldBy(): string;
};

/** How many seconds an answer may take: so many at most, and no more than the user gave. */
export function timeLimit(
  { seconds = Number.POSITIVE_INFINITY }: Pick<Replica, "seconds">,
  most: number,
): number {
  return Math.min(most, seconds);
}

/** Whether the hub is a repository on this disk that git's own programs of this host serve. */
export function isOnDisk({ url }: Replica["address"]): boolean {
  return /^file:/i.test(url);
}

export const FETCH_OPTIONS = [
  "--quiet",
  "--no-tags",
  "--no-auto-maintenance",
  "--no-write-fetch-head",
  "--refmap=",
];

/**
 * The largest piece of memory that a fetch with outboxes may ask for. Nothing else bounds the size of a commit: its
 * message of 600 MB takes 600 kB to send, and git unpacks it at once.
 */
export const MAX_ALLOCATION_BYTES = 16_777_216;

/** Large files of the branch, which may come with the outboxes, are written without being in memory as a whole. */
export const STREAMED = ["-c", "core.bigFileThreshold=4m"];
