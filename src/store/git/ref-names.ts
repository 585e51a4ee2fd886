/**
 * The replica's ref for a remote hub's branch. It is outside `refs/remotes`, so that git's own fetches do not move
 * it.
 */
export const TRACKED = "refs/hive/main";

/** The refs where hosts publish their outboxes, on the hub and in the replica. */
export const OUTBOXES = "refs/hive/outbox";

/** The replica's ref for commits that are not pushed yet, so that git gc does not delete them. */
export const NEXT = "refs/hive/next";

/**
 * The ref of a hub on this disk for the newest commits that a host offers to the branch. It is overwritten by the host's
 * next offer and never deleted: a git gc that has read the branch before its commits landed still finds them here.
 */
export function nextOf(host: string): string {
  return `${NEXT}-${host}`;
}

/** The branch that holds the state of a hub. */
export const BRANCH = "refs/heads/main";

/** Holds only the commit to push under the branch's own name, where the hub has another ref that git takes for the branch. */
export const OFFERED = "refs/hive/offered";
