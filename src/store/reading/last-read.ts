import { join } from "node:path";
import type { FilePart, Part, Snapshot } from "../../domain/snapshot.ts";
import { readText } from "../host/files.ts";
import { PartCache } from "./part-cache.ts";
import { collect, type PartFiles } from "./part-files.ts";
import { topOf } from "./parts.ts";
import { readRootFile } from "./root-file.ts";

/** Where this host keeps what it knows of a hub. */
export interface KnownHub {
  /** What belongs to the hub beside its repository. */
  readonly directory: string;
  readonly repository: string;
  /** The ref whose commit is the newest known one. */
  readonly tip: string;
}

/**
 * Parts of a hub as this host last read them, from plain files and without git. Undefined where the newest commit
 * known here is not what was read: then git has to be asked.
 */
export function lastRead<P extends FilePart & Part>(
  { directory, repository, tip }: KnownHub,
  parts: readonly P[],
): Pick<Snapshot, P> | undefined {
  const root = readRootFile(directory);
  if (root === undefined || root.commit !== refIn(repository, tip)) return undefined;
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

/** The commit of a ref, by itself in a file or packed with others in one. */
function refIn(repository: string, ref: string): string | undefined {
  const loose = readText(join(repository, ref))?.trim();
  if (loose !== undefined) return loose;
  const packed = readText(join(repository, "packed-refs")) ?? "";
  return packed
    .split("\n")
    .find((line) => line.endsWith(` ${ref}`))
    ?.split(" ")[0];
}
