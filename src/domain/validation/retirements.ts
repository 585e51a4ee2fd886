import { profilePath, RETIRED_PATH } from "../hub/layout.ts";
import type { Retired } from "../sessions/session.ts";
import type { SessionId } from "../values/ids.ts";
import { type HubCommit, isRepair, nameOf } from "./commits.ts";
import type { HubFault, HubFiles } from "./hub-files.ts";

/** The kinds of operation that retire sessions. */
const RETIRING = ["retire", "expire"];

/** Finds sessions that are registered and retired at once. */
export function retiredOrRegistered({ retired, paths }: HubFiles): HubFault[] {
  return retired.flatMap(({ path, value }) =>
    Object.keys(value.sessions)
      .filter((id) => paths.has(profilePath(id as SessionId)))
      .map((id) => ({
        path,
        rule: "retired",
        message: `${id} has a profile; expected only sessions without one`,
        key: ["sessions", id],
      })),
  );
}

/**
 * Finds sessions that leave the hub without being recorded as retired, so that their names would be free, and records
 * that change otherwise than by a retirement or by a return. A merge generates the record again from both sides.
 */
export function recordedRetirements(commit: HubCommit): HubFault[] {
  if (commit.isMerge) return [];
  const { sessions, retired } = commit.changes;
  const [record] = retired.filter((change) => !isRepair(change));
  const [before, after] = [record?.before, record?.after].map((value) => value?.sessions ?? {}) as [
    Retired["sessions"],
    Retired["sessions"],
  ];
  const removed = sessions.filter(({ existed, exists }) => existed && !exists).map(({ path }) => idIn(path));
  const added = sessions.filter(({ existed, exists }) => !existed && exists).map(({ path }) => idIn(path));
  const isRetiring = commit.kinds.some((kind) => RETIRING.includes(kind));
  const say = (path: string, message: string) => ({
    path,
    rule: "retired",
    message: `${nameOf(commit)}: ${message}`,
  });
  const left = sessions
    .filter((change) => change.existed && !change.exists && !isRepair(change))
    .map(({ path }) => idIn(path))
    .filter((id) => !isRetiring || !Object.hasOwn(after, id))
    .map((id) =>
      say(
        profilePath(id as SessionId),
        `${id} was removed; expected hive retire ${id}, which keeps its name`,
      ),
    );
  if (!record || (record.exists && !record.after)) return left;
  return [
    ...left,
    ...Object.keys(after)
      .filter((id) => !Object.hasOwn(before, id) && !removed.includes(id))
      .map((id) => say(RETIRED_PATH, `${id} was added; expected only sessions that leave in this commit`)),
    ...Object.keys(before)
      .filter((id) => !Object.hasOwn(after, id) && !added.includes(id))
      .map((id) => say(RETIRED_PATH, `${id} was removed; expected only sessions that return in this commit`)),
    ...Object.entries(before)
      .filter(([id, entry]) => Object.hasOwn(after, id) && !isSame(entry, after[id as SessionId]))
      .map(([id]) => say(RETIRED_PATH, `${id} was changed; expected it as it was recorded`)),
  ];
}

function isSame(one: unknown, other: unknown): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}

/** The session in the name of its profile's file. */
function idIn(path: string): string {
  return path.slice(path.lastIndexOf("/") + 1, path.lastIndexOf("."));
}
