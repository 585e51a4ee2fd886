import { join } from "node:path";
import { topOf } from "../../domain/parts.ts";
import type { FilePart, Part, Snapshot } from "../../domain/snapshot.ts";
import { refInFiles } from "../git/refs.ts";
import type { HubLocation } from "../hub/location.ts";
import { PartCache } from "./part-cache.ts";
import { collect, type PartFiles } from "./part-files.ts";
import { readRootFile } from "./root-file.ts";

/**
 * Reads parts of a hub as this host last read them, from plain files and without git. Undefined when the newest
 * commit known here is not the one that was read, so that git must be asked.
 */
export function lastRead<P extends FilePart & Part>(
  { directory, repository, ref }: HubLocation,
  parts: readonly P[],
): Pick<Snapshot, P> | undefined {
  const root = readRootFile(directory);
  if (root === undefined || root.commit !== refInFiles(repository, ref)) return undefined;
  const cache = new PartCache(join(directory, "parts"));
  const files: PartFiles = {};
  for (const part of parts) {
    const top = root.entries.get(topOf(part));
    const cached = cache.load(part);
    if (top !== undefined && (cached?.oid !== top.oid || cached.mode !== top.mode)) return undefined;
    files[part] = top === undefined ? {} : (cached?.files ?? {});
  }
  return collect(files) as Pick<Snapshot, P>;
}
