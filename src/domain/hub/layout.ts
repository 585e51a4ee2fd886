import type { ClaimKey, RequestId, SessionId, Ulid } from "../values/ids.ts";
import type { Instant } from "../values/instant.ts";

/** The folder that holds a hub's state. */
export const FOLDER = "coordination";
export const WORKFLOWS = ".github/workflows";

/** The path of each kind of file in that folder. All readers, writers and rules use this one table. */
const LAYOUT = {
  settings: "hive.yaml",
  taxonomy: "taxonomy.yaml",
  registry: "REGISTRY.json",
  retired: "RETIRED.json",
  board: "MESSAGES.md",
  attributes: ".gitattributes",
  sessions: "SESSIONS/<id>.json",
  heartbeats: "HEARTBEATS/<id>.json",
  collaborations: "ACTIVE/COLLABORATIONS/<id>.json",
  claims: "ACTIVE/CLAIMS/<key>.json",
  messages: "MESSAGES/YYYY/MM/DD/<id>.md",
  archived: "ARCHIVE/COLLABORATIONS/YYYY/MM/<id>.json",
} as const;
export type LayoutKind = keyof typeof LAYOUT;

/** Where the files of one kind are, below the hub's folder. */
export interface KindLocation {
  /** The path of a file, with `<id>`, `<key>` or parts of a date for the parts that vary. */
  readonly template: string;
  /** The file, or the folder that holds the files of this kind and no others. */
  readonly path: string;
  /** Levels of folders from `path` to its files; 0 when `path` is a file. */
  readonly depth: number;
  readonly extension: string;
}

/** The location of one kind of file. */
export function locationOf(kind: LayoutKind): KindLocation {
  const template = LAYOUT[kind];
  const names = template.split("/");
  const fixed = names.findIndex((name) => /^(?:<|YYYY)/.test(name));
  const path = fixed < 0 ? names : names.slice(0, fixed);
  const extension = template.slice(template.lastIndexOf("."));
  return { template, path: path.join("/"), depth: names.length - path.length, extension };
}

/** All kinds of file in a hub. */
export const LAYOUT_KINDS = Object.keys(LAYOUT) as LayoutKind[];

/** Matches the paths of one kind of file below the hub's folder. It does not check that ids and dates are valid. */
export function patternOf(kind: LayoutKind): RegExp {
  const pattern = LAYOUT[kind]
    .replaceAll(".", "\\.")
    .replace("YYYY", "\\d{4}")
    .replaceAll(/MM(?=\/)|DD/g, "\\d\\d")
    .replace(/<\w+>/, "[^/]+");
  return new RegExp(`^${pattern}$`);
}

export const SETTINGS_PATH = `${FOLDER}/${LAYOUT.settings}`;
export const TAXONOMY_PATH = `${FOLDER}/${LAYOUT.taxonomy}`;
export const REGISTRY_PATH = `${FOLDER}/${LAYOUT.registry}`;
export const RETIRED_PATH = `${FOLDER}/${LAYOUT.retired}`;
export const BOARD_PATH = `${FOLDER}/${LAYOUT.board}`;
export const ATTRIBUTES_PATH = `${FOLDER}/${LAYOUT.attributes}`;

function pathOf(kind: LayoutKind, name: string): string {
  const { path, extension } = locationOf(kind);
  return `${FOLDER}/${path}/${name}${extension}`;
}

export function profilePath(id: SessionId): string {
  return pathOf("sessions", id);
}

export function heartbeatPath(id: SessionId): string {
  return pathOf("heartbeats", id);
}

export function collaborationPath(id: RequestId): string {
  return pathOf("collaborations", id);
}

export function claimPath(key: ClaimKey): string {
  return pathOf("claims", key);
}

/** Archived requests are in a folder for the month in which they ended. */
export function archivedPath({
  request_id,
  updated_at,
}: {
  request_id: RequestId;
  updated_at: Instant;
}): string {
  return pathOf("archived", `${updated_at.slice(0, 7).replace("-", "/")}/${request_id}`);
}

/** Messages are in a folder for the day they were sent, so that no folder grows with history. */
export function messagePath(id: Ulid, sentAt: Instant): string {
  return pathOf("messages", `${sentAt.slice(0, 10).replaceAll("-", "/")}/${id}`);
}
