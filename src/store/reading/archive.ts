import { DEFAULT_SETTINGS } from "../../domain/hub/default-settings.ts";
import { FOLDER } from "../../domain/hub/layout.ts";
import type { Message } from "../../domain/messages/message.ts";
import type { Collaboration } from "../../domain/requests/collaboration.ts";
import type { Instant } from "../../domain/values/instant.ts";
import { DECODERS } from "../decoding/formats.ts";
import type { ObjectReader } from "../git/objects.ts";
import { findInside, listFiles, type Root } from "./listing.ts";

/** What lies by date and grows for as long as the hub lives. */
export interface Archives {
  readonly messages: Message;
  readonly archived: Collaboration;
}

const ARCHIVES = {
  messages: { path: "MESSAGES", depth: 4, extension: ".md", part: "messages" },
  archived: { path: "ARCHIVE/COLLABORATIONS", depth: 3, extension: ".json", part: "collaborations" },
} as const;

/** So many files are read at a time, and not more than fit into memory as text. */
const BATCH = 2000;
const ALL = 10_000_000;

export interface ArchiveRead<Value> {
  readonly values: readonly Value[];
  /** How many files were looked at. */
  readonly looked: number;
}

/**
 * Goes through a shelf back to the day of an instant, or all of it: the price grows with history, so no command does
 * it unasked. Only files whose text is wanted are decoded; what cannot be read is left out, `validate` tells of it.
 */
export async function readArchive<Shelf extends keyof Archives>(
  objects: ObjectReader,
  root: Root,
  archive: Shelf,
  wants: (text: string) => boolean,
  since: Instant | undefined,
): Promise<ArchiveRead<Archives[Shelf]>> {
  const { path, part, ...shape } = ARCHIVES[archive];
  const [top = "", name] = path.split("/");
  const entry = root.entries.get(top);
  const folder = entry && name !== undefined ? await findInside(objects, entry, name) : entry;
  if (folder === undefined) return { values: [], looked: 0 };
  const listing = await listFiles(objects, `${FOLDER}/${path}`, folder, { ...shape, newest: ALL });
  const first = since === undefined ? "" : `${FOLDER}/${path}/${since.slice(0, 10).replaceAll("-", "/")}`;
  const files = listing.files.filter((file) => file.path >= first);
  const values: Archives[Shelf][] = [];
  for (let at = 0; at < files.length; at += BATCH) {
    const read = files.slice(at, at + BATCH).map(async (file) => {
      const object = await objects.read(file.oid);
      if (!object || object.size > DEFAULT_SETTINGS.limits.file_bytes) return [];
      if (!wants(object.bytes.toString("utf8"))) return [];
      const decoded = await DECODERS[part](file.path, object.bytes);
      return "value" in decoded ? [decoded.value as Archives[Shelf]] : [];
    });
    values.push(...(await Promise.all(read)).flat());
  }
  return { values, looked: files.length };
}
