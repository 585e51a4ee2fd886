import { FOLDER } from "../hub/layout.ts";
import { type HubCommit, nameOf } from "./commits.ts";
import type { DataKind, HubFault } from "./hub-files.ts";

/** The files of which every operation of a kind changes one. Kinds that may change any file are left out. */
const CHANGED_BY_KIND: Readonly<Record<string, readonly DataKind[]>> = {
  ...forEach(
    ["register", "availability", "offer", "withdraw", "needs", "follow", "mute", "retire"],
    ["sessions"],
  ),
  ...forEach(["heartbeat", "leave"], ["heartbeats", "sessions"]),
  ...forEach(
    ["request", "accept", "start", "complete", "decline", "cancel", "handoff", "takeover", "reclaim"],
    ["collaborations"],
  ),
  ...forEach(["broadcast", "send", "reply", "tell"], ["messages"]),
  ...forEach(["claim", "renew", "release"], ["claims"]),
};

function forEach(
  kinds: readonly string[],
  changed: readonly DataKind[],
): Record<string, readonly DataKind[]> {
  return Object.fromEntries(kinds.map((kind) => [kind, changed]));
}

/** Finds commits that name an operation of a kind and change nothing that such an operation changes. */
export function kindInChanges(commit: HubCommit): HubFault[] {
  const [kind = "", ...otherKinds] = commit.kinds;
  const expected = Object.hasOwn(CHANGED_BY_KIND, kind) ? CHANGED_BY_KIND[kind] : undefined;
  if (commit.ops.length === 0 || commit.isMerge || otherKinds.length > 0 || expected === undefined) return [];
  const { messages } = commit.changes;
  // An operation that makes a message makes it under its own id.
  const isChanged = expected.includes("messages")
    ? commit.ops.every((op) => messages.some(({ path }) => path.endsWith(`/${op}.md`)))
    : expected.some((files) => commit.changes[files].length > 0);
  if (isChanged) return [];
  const message = `${nameOf(commit)}: the trailer Hive-Op names an operation of the kind ${kind}, which changes other files`;
  return [{ path: FOLDER, rule: "operation", message }];
}
