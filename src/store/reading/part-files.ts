import type { FileChange } from "../../domain/decision.ts";
import { DEFAULT_SETTINGS } from "../../domain/hub/default-settings.ts";
import { FOLDER } from "../../domain/hub/layout.ts";
import { MAX_REGISTRY_BYTES, MAX_RETIRED_BYTES } from "../../domain/hub/limits.ts";
import { SOURCES } from "../../domain/parts.ts";
import type { FilePart, Part, Snapshot } from "../../domain/snapshot.ts";
import type { Finding } from "../../domain/values/finding.ts";
import type { CachedPart } from "./part-cache.ts";

/** The requested parts of a snapshot, and the findings in their files. */
export interface Reading<P extends Part> {
  readonly state: Pick<Snapshot, P>;
  readonly findings: readonly Finding[];
  /** The files that the parts were read from. */
  readonly files: PartFiles;
}

/** The decoded files of the parts, by path, last names first. */
export type PartFiles = { [P in FilePart]?: CachedPart["files"] };

/** Builds the parts of a snapshot from their files. */
export function collect(files: PartFiles): Partial<Snapshot> {
  const parts = Object.entries(files) as [FilePart, CachedPart["files"]][];
  return Object.fromEntries(parts.map(([part, inside]) => [part, SOURCES[part].collect(valuesIn(inside))]));
}

export function findingsIn(files: PartFiles): Finding[] {
  const findings: Finding[] = [];
  // A part may have thousands of files and is scanned at every start, so no array is made for each file.
  for (const inside of Object.values(files))
    for (const [, decoded] of Object.values(inside)) if ("finding" in decoded) findings.push(decoded.finding);
  return findings;
}

/**
 * The state after a change that is not written yet. Undefined when only reading the change back would show it: when a
 * text holds more than one value or is too large to be read.
 */
export function advance<P extends Part>(
  reading: Reading<P>,
  changes: readonly FileChange[],
): Reading<P> | undefined {
  if ("paths" in reading.state) return undefined;
  const changed: PartFiles = {};
  for (const [part, files] of Object.entries(reading.files) as [FilePart, CachedPart["files"]][]) {
    const inside = changesOf(part, changes);
    if (!canTakeOver(inside, limitOf(part, reading.state))) return undefined;
    if (inside.length > 0) changed[part] = mergeFiles(part, files, inside, () => "");
  }
  const state = { ...reading.state, ...collect(changed) };
  return { ...reading, state, files: { ...reading.files, ...changed } };
}

/** The changes to files of a part. */
export function changesOf(part: FilePart, changes: readonly FileChange[]): FileChange[] {
  return changes.filter(({ path }) => `${path}/`.startsWith(`${FOLDER}/${SOURCES[part].path}/`));
}

/**
 * Whether every reader would read these changes as they were meant: their values are known, and no text exceeds the
 * limit.
 */
export function canTakeOver(files: readonly FileChange[], limit: number): boolean {
  return files.every(
    ({ text, value }) => text === undefined || (value !== undefined && Buffer.byteLength(text) <= limit),
  );
}

/** The files of a part after changes, in the order and number in which they are read. */
export function mergeFiles(
  part: FilePart,
  files: CachedPart["files"],
  changes: readonly FileChange[],
  oidOf: (path: string) => string | undefined,
): CachedPart["files"] {
  const merged = new Map(Object.entries(files));
  for (const { path, text, value } of changes) {
    const oid = text === undefined ? undefined : oidOf(path);
    if (oid === undefined) merged.delete(path);
    else merged.set(path, [oid, { value }]);
  }
  const newest = [...merged].sort(([a], [b]) => (a < b ? 1 : -1)).slice(0, SOURCES[part].newest);
  return Object.fromEntries(newest);
}

function limitOf(part: FilePart, state: Partial<Snapshot>): number {
  if (part === "registry") return MAX_REGISTRY_BYTES;
  if (part === "retired") return MAX_RETIRED_BYTES;
  return (state.settings ?? DEFAULT_SETTINGS).limits.file_bytes;
}

function valuesIn(files: CachedPart["files"]): unknown[] {
  const values: unknown[] = [];
  for (const [, decoded] of Object.values(files)) if ("value" in decoded) values.push(decoded.value);
  return values;
}
