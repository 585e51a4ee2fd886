import { BOT } from "../values/session-id.ts";
import type { DataKind, Values } from "./hub-files.ts";

/** What became of one file in a commit; a value is missing where there was no file or it could not be read. */
export interface Changed<Value> {
  readonly path: string;
  readonly before: Value | undefined;
  readonly after: Value | undefined;
  readonly existed: boolean;
  readonly exists: boolean;
}

/** One commit as the rules see it: who it says it is by, and what it changed in the hub's folder. */
export interface HubCommit {
  readonly id: string;
  readonly author: string;
  /** The sessions its trailers name: several where one commit carries several operations. */
  readonly sessions: readonly string[];
  readonly kinds: readonly string[];
  /** Of a merge, only what none of its sides has is a change. */
  readonly isMerge: boolean;
  readonly changes: { readonly [Kind in DataKind]: readonly Changed<Values[Kind]>[] } & {
    readonly originals: readonly Changed<never>[];
  };
}

/** Who a commit is by: the sessions of its trailers, or its author where it has none. */
export interface Actors {
  readonly sessions: ReadonlySet<string>;
  readonly isBot: boolean;
  /** An import writes for all it brings along, but adds only. */
  readonly isImport: boolean;
}

/** Nobody at all where author and trailers contradict each other. */
export function actorsOf(commit: HubCommit): Actors {
  const sessions = new Set(isHonest(commit) ? claimed(commit) : []);
  return { sessions, isBot: sessions.has(BOT), isImport: commit.kinds.includes("import") };
}

/** The bot may carry what others wished; a session signs for itself. */
export function isHonest(commit: HubCommit): boolean {
  return commit.author === BOT || claimed(commit).includes(commit.author);
}

function claimed({ author, sessions }: HubCommit): readonly string[] {
  return sessions.length > 0 ? sessions : [author];
}

/** A commit in a sentence: `1a2b3c4 by session-2`. */
export function nameOf({ id, author, sessions }: HubCommit): string {
  const through = sessions.length > 0 && !sessions.includes(author) ? ` for ${sessions.join(", ")}` : "";
  return `${id.slice(0, 7)} by ${author}${through}`;
}

/** What could not be read may be mended by anybody. */
export function isRepair({ before, existed }: Changed<unknown>): boolean {
  return existed && before === undefined;
}
