import { DEFAULT_SETTINGS } from "../hub/default-settings.ts";
import { MAX_REGISTRY_BYTES, MAX_RETIRED_BYTES } from "../hub/limits.ts";
import type { FileKind, HubFault } from "./hub-files.ts";

/** The type of an entry in a tree. Only files are read. */
export type EntryType = "file" | "link" | "repository" | "special";

/** Most bytes of other generated files, originals and other files, which grow with more than one session's writes: 16 MiB. */
const MAX_GENERATED_BYTES = 16_777_216;

const NAMES: Record<Exclude<EntryType, "file">, string> = {
  link: "a symbolic link",
  repository: "a repository inside the repository",
  special: "neither a file nor a folder",
};

/** Allows only plain files, because following a link would read or write outside the hub. */
export function checkType(path: string, type: EntryType): HubFault[] {
  if (type === "file") return [];
  return [{ path, rule: "mode", message: `${NAMES[type]}; expected a plain file` }];
}

/** Checks the size before the file is read. */
export function checkSize(path: string, size: number, limit: number): HubFault[] {
  if (size <= limit) return [];
  return [{ path, rule: "size", message: `${size} bytes; at most ${limit} are read` }];
}

/** Most bytes of a file of a kind. `limit` comes from the hub's settings. */
export function sizeLimit(kind: FileKind, limit: number): number {
  if (kind === "settings") return DEFAULT_SETTINGS.limits.file_bytes;
  if (kind === "registry") return MAX_REGISTRY_BYTES;
  if (kind === "retired") return MAX_RETIRED_BYTES;
  return ["board", "attributes", "originals", "others"].includes(kind) ? MAX_GENERATED_BYTES : limit;
}
