import { DEFAULT_SETTINGS } from "../hub/default-settings.ts";
import type { FileKind, HubFault } from "./hub-files.ts";

/** What lies at a path: only files are read. */
export type EntryType = "file" | "link" | "repository" | "special";

/** What is generated, kept as it came or not ours grows with more than what one session writes. */
const MOST_BYTES = 16_777_216;

const NAMES: Record<Exclude<EntryType, "file">, string> = {
  link: "a symbolic link",
  repository: "a repository inside the repository",
  special: "neither a file nor a folder",
};

/** Only plain files: whoever follows a link out of the hub reads, or writes, what is not the hub's. */
export function checkType(path: string, type: EntryType): HubFault[] {
  if (type === "file") return [];
  return [{ path, rule: "mode", message: `${NAMES[type]}; only plain files are read here` }];
}

/** Known before anything is read of it. */
export function checkSize(path: string, size: number, limit: number): HubFault[] {
  if (size <= limit) return [];
  return [{ path, rule: "size", message: `${size} bytes; at most ${limit} are read` }];
}

/** How many bytes a file may have, as the hub's settings say. */
export function sizeLimit(kind: FileKind, limit: number): number {
  if (kind === "settings") return DEFAULT_SETTINGS.limits.file_bytes;
  return ["registry", "board", "attributes", "originals", "others"].includes(kind) ? MOST_BYTES : limit;
}
