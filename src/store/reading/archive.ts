import { DEFAULT_SETTINGS } from "../../domain/hub/default-settings.ts";
import { FOLDER } from "../../domain/hub/layout.ts";
import type { Message } from "../../domain/messages/message.ts";
import type { Collaboration } from "../../domain/requests/collaboration.ts";
import type { Instant } from "../../domain/values/instant.ts";
import { DECODERS } from "../decoding/formats.ts";
import type { ObjectReader } from "../git/objects.ts";
import { findInside, listFiles, type Root } from "./listing.ts";

/** The files that are stored by date and whose number grows for as long as the hub exists. */
export interface Archives {
  readonly messages: Message;
  readonly archived: Collaboration;
}

const ARCHIVES = {
  messages: { path: "MESSAGES", depth: 4, extension: ".md", part: "messages" },
  archived: { path: "ARCHIVE/COLLABORATIONS", depth: 3, extension: ".json", part: "collaborations" },
} as const;

/** How many files are read at a time, so that their texts fit into memory. */
const BATCH_FILES = 2000;
const ALL_FILES = 10_000_000;

export interface ArchiveRead<Value> {
  readonly values: readonly Value[];
  /** How many files were read. */
  readonly looked: number;
}

/**
 * Reads an archive back to the day of an instant, or all of it. The time grows with the history, so commands do this
 * only when the user asks for it. Only files whose text is wanted are decoded. Unreadable files are left out;
 * `validate` reports them.
 */
export async function readArchive<Kind extends keyof Archives>(
  objects: ObjectReader,
  root: Root,
  archive: Kind,
  wants: (text: string) => boolean,
  since: Instant | undefined,
): Promise<ArchiveRead<Archives[Kind]>> {
  const { path, part, ...shape } = ARCHIVES[archive];
  const [top = "", name] = path.split("/");
  const entry = root.entries.get(top);
  const folder = entry && name !== undefined ? await findInside(objects, entry, name) : entry;
  if (folder === undefined) return { values: [], looked: 0 };
  const listing = await listFiles(objects, `${FOLDER}/${path}`, folder, { ...shape, newest: ALL_FILES });
  const first = since === undefined ? "" : `${FOLDER}/${path}/${since.slice(0, 10).replaceAll("-", "/")}`;
  const files = listing.files.filter((file) => file.path >= first);
  const values: Archives[Kind][] = [];
  for (let at = 0; at < files.length; at += BATCH_FILES) {
    const read = files.slice(at, at + BATCH_FILES).map(async (file) => {
      const size = (await objects.inspect(file.oid))?.size;
      if (size === undefined || size > DEFAULT_SETTINGS.limits.file_bytes) return [];
      const object = await objects.read(file.oid);
      if (!object) return [];
      if (!wants(object.bytes.toString("utf8"))) return [];
      const decoded = await DECODERS[part](file.path, object.bytes);
      return "value" in decoded ? [decoded.value as Archives[Kind]] : [];
    });
    values.push(...(await Promise.all(read)).flat());
  }
  return { values, looked: files.length };
}
