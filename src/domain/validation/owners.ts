import { BOARD_PATH, FOLDER, REGISTRY_PATH } from "../hub/layout.ts";
import type { Profile } from "../sessions/session.ts";
import { BOT } from "../values/session-id.ts";
import { actorsOf, type Changed, type HubCommit, isAuthorAllowed, isRepair, nameOf } from "./commits.ts";
import type { HubFault } from "./hub-files.ts";

/**
 * Finds commits whose author is not in their trailers. Neither is proven, because any user with push access can write
 * both.
 */
export function authorInTrailers(commit: HubCommit): HubFault[] {
  if (isAuthorAllowed(commit)) return [];
  const message = `${nameOf(commit)}: the trailer Hive-Session names ${commit.sessions.join(", ")}; expected the author`;
  return [{ path: FOLDER, rule: "author", message }];
}

/** Finds changes of a session's profile or heartbeat by other sessions. */
export function ownProfiles(commit: HubCommit): HubFault[] {
  const actors = actorsOf(commit);
  const { sessions, heartbeats } = commit.changes;
  return [...sessions, ...heartbeats]
    .filter((change) => {
      const mayImport = actors.isImport && (!change.existed || change.path.includes("/HEARTBEATS/"));
      const mayChange = actors.isBot || mayImport || isRepair(change) || isAnswered(commit, change);
      return !actors.sessions.has(nameIn(change.path)) && !mayChange;
    })
    .map(({ path }) => ({ path, rule: "owner", message: onlyBy(commit, nameIn(path), "changes this file") }));
}

/** Whether a change only takes back what a session asked its human, as an answer to it does. */
function isAnswered({ kinds }: HubCommit, { before, after }: Changed<object>): boolean {
  if (!kinds.includes("tell") || before === undefined || after === undefined) return false;
  const { needs, ...kept } = before as Partial<Profile>;
  return needs !== undefined && JSON.stringify(kept) === JSON.stringify(after);
}

/** Finds messages written in another session's name, and changes of sent messages. */
export function ownMessages(commit: HubCommit): HubFault[] {
  const actors = actorsOf(commit);
  if (actors.isBot) return [];
  return commit.changes.messages.flatMap((change): HubFault[] => {
    const { path, after, existed } = change;
    if (isRepair(change)) return [];
    if (existed)
      return [{ path, rule: "owner", message: `${nameOf(commit)}: a sent message must not change` }];
    if (!after || actors.isImport || actors.sessions.has(after.from)) return [];
    return [
      { path, rule: "owner", message: onlyBy(commit, after.from, "sends this message"), key: ["from"] },
    ];
  });
}

/** Finds changes of the archive. Only the bot may move requests there, unchanged. */
export function ownArchive(commit: HubCommit): HubFault[] {
  const actors = actorsOf(commit);
  const { archived, originals } = commit.changes;
  const foreign = actors.isBot
    ? []
    : [...archived, ...originals.filter((each) => !actors.isImport || each.existed)];
  return [
    ...foreign.map(({ path }) => ({
      path,
      rule: "owner",
      message: onlyBy(commit, BOT, "changes the archive"),
    })),
    ...archived
      .filter((change) => !isArchivedUnchanged(commit, change))
      .map(({ path }) => ({
        path,
        rule: "archive",
        message: `${nameOf(commit)}: differs from the request that left ACTIVE/; expected the same record, moved`,
      })),
  ];
}

function isArchivedUnchanged(
  { changes }: HubCommit,
  { path, after, existed, exists }: Changed<object>,
): boolean {
  if (existed) return false;
  const left = changes.collaborations.find(
    (change) => !change.exists && nameIn(change.path) === nameIn(path),
  );
  return exists && left !== undefined && JSON.stringify(left.before) === JSON.stringify(after);
}

/** Finds generated files that changed without their source. A merge generates them again from both sides. */
export function generatedWithSource(commit: HubCommit): HubFault[] {
  const { registry, board, sessions, messages } = commit.changes;
  const actors = actorsOf(commit);
  if (commit.isMerge || actors.isBot || actors.isImport || commit.kinds.includes("init")) return [];
  const changed = (files: readonly Changed<unknown>[]) => files.some(({ existed }) => existed);
  const alone = [
    ...(sessions.length === 0 && changed(registry) ? [[REGISTRY_PATH, "SESSIONS/"] as const] : []),
    ...(messages.length === 0 && changed(board) ? [[BOARD_PATH, "MESSAGES/"] as const] : []),
  ];
  return alone.map(([path, source]) => ({
    path,
    rule: "generated",
    message: `${nameOf(commit)}: changed alone; expected only together with ${source}`,
  }));
}

/** The id in a file's name. */
function nameIn(path: string): string {
  return path.slice(path.lastIndexOf("/") + 1, path.lastIndexOf("."));
}

function onlyBy(commit: HubCommit, session: string, act: string): string {
  return `${nameOf(commit)}: only ${session === BOT ? BOT : `${session} or ${BOT}`} ${act}`;
}
