import type { CommitFiles, Past } from "../../domain/dashboard/past.ts";
import { FOLDER } from "../../domain/hub/layout.ts";
import type { FilePart } from "../../domain/snapshot.ts";
import { DECODERS } from "../decoding/formats.ts";
import type { Git } from "../git/git.ts";
import { isShallow, readHistory, readSteps } from "../git/history.ts";
import type { ObjectReader } from "../git/objects.ts";
import { readRoot } from "./listing.ts";
import type { PartFiles } from "./part-files.ts";
import { SnapshotReader } from "./snapshot-reader.ts";

/** The most bytes of files that are read of the past. With larger files, it begins later. */
const MAX_BYTES = 16_777_216;

/** The files of some parts at a commit, and of each commit after it. */
export interface PastFiles extends Omit<Past["base"], "at"> {
  /** Oldest first. */
  readonly since: readonly CommitFiles[];
}

/** How far back to read. */
export interface PastExtent {
  /** At most so many commits after the first. */
  readonly steps: number;
  /** At most so many entries of the log up to the first. */
  readonly entries: number;
  /** The part to which a path below the hub's folder belongs. */
  partOf(path: string): FilePart | undefined;
  readonly parts: readonly FilePart[];
}

/** A decoder of many old versions must not replace what this host caches of the newest. */
const NO_CACHE = { load: () => undefined, save: () => undefined };

/** Reads the last commits up to `tip` along its first parents. Throws HiveError where git cannot read them. */
export async function readPast(
  git: Git,
  objects: ObjectReader,
  tip: string,
  { steps, entries, parts, partOf }: PastExtent,
): Promise<PastFiles> {
  const reader = new SnapshotReader(objects, NO_CACHE);
  const { state } = await reader.read(readRoot(objects, tip), ["settings"]);
  const commits = readSteps(git, tip, steps + 1).map(({ changes, ...commit }) => ({
    ...commit,
    changes: changes.flatMap(({ path, after }) => {
      const [folder, ...inside] = path.split("/");
      const part = folder === FOLDER ? partOf(inside.join("/")) : undefined;
      return part === undefined ? [] : [{ path: inside.join("/"), part, oid: after }];
    }),
  }));
  const oids = [...new Set(commits.flatMap(({ changes }) => changes.flatMap(({ oid }) => oid ?? [])))];
  const sizes = new Map(
    await Promise.all(oids.map(async (oid) => [oid, (await objects.inspect(oid))?.size ?? 0] as const)),
  );
  const limit = state.settings.limits.file_bytes;
  const sizeOf = (oid: string | undefined) => (oid === undefined ? 0 : (sizes.get(oid) ?? 0));
  let left = MAX_BYTES;
  const kept = commits.findIndex(({ changes }) => {
    for (const { oid } of changes) left -= Math.min(sizeOf(oid), limit);
    return left < 0;
  });
  const [base, ...since] = (kept < 0 ? commits : commits.slice(0, Math.max(kept, 1))).reverse();
  const first = base?.commit ?? tip;
  const at = await reader.read(readRoot(objects, first), parts);
  return {
    commit: first,
    files: valuesOf(at.files),
    entries: readHistory(git, first, { limit: entries }),
    refusals: readHistory(git, first, { kind: "refusal" }),
    isWhole: !isShallow(git),
    since: await Promise.all(
      since.map(async ({ commit, entries, changes }) => ({
        commit,
        entries,
        files: await Promise.all(
          changes.map(async ({ path, part, oid }) => {
            const value = sizeOf(oid) > limit ? null : await decodedOf(objects, part, path, oid);
            return [path, value] as const;
          }),
        ),
      })),
    ),
  };
}

async function decodedOf(
  objects: ObjectReader,
  part: FilePart,
  path: string,
  oid: string | undefined,
): Promise<unknown> {
  if (oid === undefined) return undefined;
  const object = await objects.read(oid);
  const decoded = object && (await DECODERS[part](`${FOLDER}/${path}`, object.bytes));
  return decoded !== undefined && "value" in decoded ? decoded.value : null;
}

function valuesOf(files: PartFiles): Record<string, unknown> {
  return Object.fromEntries(
    Object.values(files).flatMap((part) =>
      Object.entries(part).map(([path, [, decoded]]) => [
        path.slice(FOLDER.length + 1),
        "value" in decoded ? decoded.value : null,
      ]),
    ),
  );
}
