import type { FileChange } from "../../domain/decision.ts";
import { DEFAULT_SETTINGS } from "../../domain/hub/default-settings.ts";
import { FOLDER } from "../../domain/hub/layout.ts";
import type { FilePart, Part, Snapshot } from "../../domain/snapshot.ts";
import type { Finding } from "../../domain/values/finding.ts";
import type { CachedPart } from "./part-cache.ts";
import { SOURCES } from "./parts.ts";

/** The parts of a snapshot that were asked for, and what is wrong with the files they lie in. */
export interface Reading<P extends Part> {
  readonly state: Pick<Snapshot, P>;
  readonly findings: readonly Finding[];
  /** The files the parts were read from. */
  readonly files: PartFiles;
}

/** The decoded files of the parts that were read, by path, last names first. */
export type PartFiles = { [P in FilePart]?: CachedPart["files"] };

/** The registry is generated and grows with the number of sessions, not with what one of them writes. */
export const MOST_GENERATED_BYTES = 16_777_216;

/** The parts of a snapshot that files come to. */
export function collect(files: PartFiles): Partial<Snapshot> {
  const parts = Object.entries(files) as [FilePart, CachedPart["files"]][];
  return Object.fromEntries(parts.map(([part, inside]) => [part, SOURCES[part].collect(valuesIn(inside))]));
}

export function findingsIn(files: PartFiles): Finding[] {
  const findings: Finding[] = [];
  // A part may have thousands of files, and is gone through at every start: no array for each of them.
  for (const inside of Object.values(files))
    for (const [, decoded] of Object.values(inside)) if ("finding" in decoded) findings.push(decoded.finding);
  return findings;
}

/**
 * The state after a change that is not written yet; undefined where only reading it back would tell, as of a text
 * that holds no one value or is too large to be read.
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

/** The changes that lie in a part. */
export function changesOf(part: FilePart, changes: readonly FileChange[]): FileChange[] {
  return changes.filter(({ path }) => `${path}/`.startsWith(`${FOLDER}/${SOURCES[part].path}/`));
}

/** What every reader would read as it was meant: known by value, and no larger than any of them reads. */
export function canTakeOver(files: readonly FileChange[], limit: number): boolean {
  return files.every(
    ({ text, value }) => text === undefined || (value !== undefined && Buffer.byteLength(text) <= limit),
  );
}

/** A part's files after changes, in the order and number they are read in. */
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
  if (part === "registry") return MOST_GENERATED_BYTES;
  return (state.settings ?? DEFAULT_SETTINGS).limits.file_bytes;
}

function valuesIn(files: CachedPart["files"]): unknown[] {
  const values: unknown[] = [];
  for (const [, decoded] of Object.values(files)) if ("value" in decoded) values.push(decoded.value);
  return values;
}
