import { BOARD_PATH, FOLDER, REGISTRY_PATH } from "../hub/layout.ts";
import { BOT } from "../values/session-id.ts";
import { actorsOf, type Changed, type HubCommit, isHonest, isRepair, nameOf } from "./commits.ts";
import type { HubFault } from "./hub-files.ts";

/** The author of a commit is a session that its trailers name. Neither is proven: who can push can claim both. */
export function honestAuthor(commit: HubCommit): HubFault[] {
  if (isHonest(commit)) return [];
  const message = `${nameOf(commit)}: the trailer Hive-Session names ${commit.sessions.join(", ")}; expected the author`;
  return [{ path: FOLDER, rule: "author", message }];
}

/** A profile and a heartbeat are the session's own word. */
export function ownProfiles(commit: HubCommit): HubFault[] {
  const actors = actorsOf(commit);
  const { sessions, heartbeats } = commit.changes;
  return [...sessions, ...heartbeats]
    .filter((change) => {
      const mayImport = actors.isImport && (!change.existed || change.path.includes("/HEARTBEATS/"));
      return !actors.sessions.has(nameIn(change.path)) && !actors.isBot && !mayImport && !isRepair(change);
    })
    .map(({ path }) => ({ path, rule: "owner", message: onlyBy(commit, nameIn(path), "changes this file") }));
}

/** A message is sent once, by whom it is from, and then stands. */
export function ownMessages(commit: HubCommit): HubFault[] {
  const actors = actorsOf(commit);
  if (actors.isBot) return [];
  return commit.changes.messages.flatMap((change): HubFault[] => {
    const { path, after, existed } = change;
    if (isRepair(change)) return [];
    if (existed)
      return [{ path, rule: "owner", message: `${nameOf(commit)}: a message that was sent stands` }];
    if (!after || actors.isImport || actors.sessions.has(after.from)) return [];
    return [
      { path, rule: "owner", message: onlyBy(commit, after.from, "sends this message"), key: ["from"] },
    ];
  });
}

/** What is put away is the bot's to move, and stays as it is. */
export function ownArchive(commit: HubCommit): HubFault[] {
  const actors = actorsOf(commit);
  const { archived, originals } = commit.changes;
  const strangers = actors.isBot
    ? []
    : [...archived, ...originals.filter((each) => !actors.isImport || each.existed)];
  return [
    ...strangers.map(({ path }) => ({
      path,
      rule: "owner",
      message: onlyBy(commit, BOT, "changes the archive"),
    })),
    ...archived
      .filter((change) => !isPutAway(commit, change))
      .map(({ path }) => ({
        path,
        rule: "archive",
        message: `${nameOf(commit)}: not the request that left ACTIVE/; expected the same record, moved`,
      })),
  ];
}

function isPutAway({ changes }: HubCommit, { path, after, existed, exists }: Changed<object>): boolean {
  if (existed) return false;
  const left = changes.collaborations.find(
    (change) => !change.exists && nameIn(change.path) === nameIn(path),
  );
  return exists && left !== undefined && JSON.stringify(left.before) === JSON.stringify(after);
}

/** What is generated changes with what it is generated from; a merge generates it anew from what its sides brought. */
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

/** The id that a file is named after. */
function nameIn(path: string): string {
  return path.slice(path.lastIndexOf("/") + 1, path.lastIndexOf("."));
}

function onlyBy(commit: HubCommit, session: string, does: string): string {
  return `${nameOf(commit)}: only ${session === BOT ? BOT : `${session} or ${BOT}`} ${does}`;
}
