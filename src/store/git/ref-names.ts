/** Where a remote hub's branch is kept in its replica: outside `refs/remotes`, so that no fetch of git's own moves it. */
export const TRACKED = "refs/hive/main";

/** Where hosts leave what they wait with, on the hub and in the replica alike. */
export const OUTBOXES = "refs/hive/outbox";

/** Holds what is written and not pushed yet, so that no packing of the replica takes it away. */
export const NEXT = "refs/hive/next";

/** The branch and the folder that hold the state of a hub. */
export const BRANCH = "refs/heads/main";
