import { BOT } from "../values/session-id.ts";
import type { DataKind, Values } from "./hub-files.ts";

/** The change of one file in a commit. A value is undefined if the file did not exist or could not be read. */
export interface Changed<Value> {
  readonly path: string;
  readonly before: Value | undefined;
  readonly after: Value | undefined;
  readonly existed: boolean;
  readonly exists: boolean;
}

/** A commit for the rules: its author, its sessions, and its changes in the hub's folder. */
export interface HubCommit {
  readonly id: string;
  readonly author: string;
  /** The sessions in its trailers; several if the commit carries several operations. */
  readonly sessions: readonly string[];
  readonly kinds: readonly string[];
  /** The operations that its trailers say it carries. */
  readonly ops: readonly string[];
  /** For a merge, only content that no parent has counts as a change. */
  readonly isMerge: boolean;
  readonly changes: { readonly [Kind in DataKind]: readonly Changed<Values[Kind]>[] } & {
    readonly originals: readonly Changed<never>[];
  };
  /** The texts of changed files that have no value. */
  readonly texts?: readonly Changed<string>[];
}

/** The sessions responsible for a commit: those of its trailers, or its author if it has none. */
export interface Actors {
  readonly sessions: ReadonlySet<string>;
  readonly isBot: boolean;
  /** An import writes for all imported sessions, but only adds files. */
  readonly isImport: boolean;
}

/** The actors of a commit; no session if author and trailers contradict each other. */
export function actorsOf(commit: HubCommit): Actors {
  const sessions = new Set(isAuthorAllowed(commit) ? claimedSessions(commit) : []);
  return { sessions, isBot: sessions.has(BOT), isImport: commit.kinds.includes("import") };
}

/**
 * Whether the author may commit for the trailers' sessions: the bot may commit for any session, a session only for
 * itself.
 */
export function isAuthorAllowed(commit: HubCommit): boolean {
  return commit.author === BOT || claimedSessions(commit).includes(commit.author);
}

function claimedSessions({ author, sessions }: HubCommit): readonly string[] {
  return sessions.length > 0 ? sessions : [author];
}

/** The commit's name in messages: `1a2b3c4 by session-2`. */
export function nameOf({ id, author, sessions }: HubCommit): string {
  const through = sessions.length > 0 && !sessions.includes(author) ? ` for ${sessions.join(", ")}` : "";
  return `${id.slice(0, 7)} by ${author}${through}`;
}

/** Whether the change repairs an unreadable file. Any session may do that. */
export function isRepair({ before, existed }: Changed<unknown>): boolean {
  return existed && before === undefined;
}
