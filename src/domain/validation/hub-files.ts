import type { Claim } from "../claims/claim.ts";
import { FOLDER, LAYOUT_KINDS, patternOf } from "../hub/layout.ts";
import type { Settings } from "../hub/settings.ts";
import type { Taxonomy } from "../hub/taxonomy.ts";
import type { Message } from "../messages/message.ts";
import type { Collaboration } from "../requests/collaboration.ts";
import type { Heartbeat, Profile, Registry, Retired } from "../sessions/session.ts";

/** The content of a file, by kind. */
export interface Values {
  readonly settings: Settings;
  readonly taxonomy: Taxonomy;
  readonly registry: Registry;
  readonly retired: Retired;
  readonly board: string;
  readonly attributes: string;
  readonly sessions: Profile;
  readonly heartbeats: Heartbeat;
  readonly collaborations: Collaboration;
  readonly claims: Claim;
  readonly archived: Collaboration;
  readonly messages: Message;
}
export type DataKind = keyof Values;

/** No files of any kind: the default for a hub or a change. */
export const NO_FILES: { readonly [Kind in DataKind]: readonly never[] } = {
  settings: [],
  taxonomy: [],
  registry: [],
  retired: [],
  board: [],
  attributes: [],
  sessions: [],
  heartbeats: [],
  collaborations: [],
  claims: [],
  archived: [],
  messages: [],
};

/** `originals` are imported files kept unchanged, valid or not; `others` do not belong to git-hive. */
export type FileKind = DataKind | "originals" | "others";

/** A readable file. */
export interface Held<Value> {
  readonly path: string;
  readonly value: Value;
}

/** A hub's folder for the rules: all paths, and the content of the readable files by kind. */
export type HubFiles = { readonly [Kind in DataKind]: readonly Held<Values[Kind]>[] } & {
  readonly paths: ReadonlySet<string>;
  /** Paths of files that could not be read. They have findings of their own. */
  readonly unread: ReadonlySet<string>;
};

const PATTERNS: readonly (readonly [FileKind, RegExp])[] = [
  ...LAYOUT_KINDS.map((kind) => [kind, patternOf(kind)] as const),
  ["originals", /^ARCHIVE\/IMPORT\//],
];

/** The kind of file at a path in the hub's folder. */
export function kindOf(path: string): FileKind {
  const inner = path.slice(FOLDER.length + 1);
  return PATTERNS.find(([, pattern]) => pattern.test(inner))?.[0] ?? "others";
}

/** A fault in a file. The caller, which has the text, turns `key` into a line and a column. */
export interface HubFault {
  readonly path: string;
  readonly rule: string;
  /** The fault, and what was expected. */
  readonly message: string;
  /** The path of keys to the value; undefined for the whole file. */
  readonly key?: readonly PropertyKey[];
  /** The position in the text in characters, if it is already known. */
  readonly offset?: number;
}
