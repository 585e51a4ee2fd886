import type { Claim } from "../claims/claim.ts";
import { FOLDER, LAYOUT_KINDS, patternOf } from "../hub/layout.ts";
import type { Settings } from "../hub/settings.ts";
import type { Taxonomy } from "../hub/taxonomy.ts";
import type { Message } from "../messages/message.ts";
import type { Collaboration } from "../requests/collaboration.ts";
import type { Heartbeat, Profile, Registry } from "../sessions/session.ts";

/** What a file of each kind holds. */
export interface Values {
  readonly settings: Settings;
  readonly taxonomy: Taxonomy;
  readonly registry: Registry;
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

/** No file of any kind: what a hub, or a change of one, has where nothing else is said. */
export const NO_FILES: { readonly [Kind in DataKind]: readonly never[] } = {
  settings: [],
  taxonomy: [],
  registry: [],
  board: [],
  attributes: [],
  sessions: [],
  heartbeats: [],
  collaborations: [],
  claims: [],
  archived: [],
  messages: [],
};

/** `originals` are kept as they came, broken or not; `others` are not git-hive's. */
export type FileKind = DataKind | "originals" | "others";

/** A file that could be read. */
export interface Held<Value> {
  readonly path: string;
  readonly value: Value;
}

/** A hub's folder as the rules see it: every path, and what the readable files hold, by kind and path. */
export type HubFiles = { readonly [Kind in DataKind]: readonly Held<Values[Kind]>[] } & {
  readonly paths: ReadonlySet<string>;
  /** Paths of files that should hold something and could not be read: they have findings of their own. */
  readonly unread: ReadonlySet<string>;
};

const PATTERNS: readonly (readonly [FileKind, RegExp])[] = [
  ...LAYOUT_KINDS.map((kind) => [kind, patternOf(kind)] as const),
  ["originals", /^ARCHIVE\/IMPORT\//],
];

/** What a path in the hub's folder is the place of. */
export function kindOf(path: string): FileKind {
  const inner = path.slice(FOLDER.length + 1);
  return PATTERNS.find(([, pattern]) => pattern.test(inner))?.[0] ?? "others";
}

/** Something wrong with a file, at a place in what it holds; whoever has the text makes it a line and a column. */
export interface HubFault {
  readonly path: string;
  readonly rule: string;
  /** What is wrong, and what was expected. */
  readonly message: string;
  /** The way to the value from the top of the file; the file as a whole without one. */
  readonly key?: readonly PropertyKey[];
  /** Where in the text it is, in characters, where that is known already. */
  readonly offset?: number;
}
