import { DEFAULT_SETTINGS } from "../domain/default-settings.ts";
import type { Finding } from "../domain/finding.ts";
import { FOLDER } from "../domain/paths.ts";
import type { Part, Snapshot } from "../domain/snapshot.ts";
import type { Decoded } from "./decode.ts";
import { DECODERS } from "./decoders.ts";
import { findEntry, listFiles, listPaths } from "./listing.ts";
import type { ObjectReader } from "./objects.ts";
import type { CachedPart, PartCache } from "./part-cache.ts";
import { type FilePart, SOURCES, type Source } from "./sources.ts";

/** The parts of a snapshot that were asked for, and what is wrong with the files they lie in. */
export interface Reading<P extends Part> {
  readonly state: Pick<Snapshot, P>;
  readonly findings: readonly Finding[];
}

/** Reads the hub's committed objects, never a work tree: by mode and size first, then strictly by schema. */
export class SnapshotReader {
  readonly #objects: ObjectReader;
  readonly #cache: PartCache;

  constructor(objects: ObjectReader, cache: PartCache) {
    this.#objects = objects;
    this.#cache = cache;
  }

  /** The parts as they are at a commit; of a hub with no commit yet, all of them are empty. */
  async read<P extends Part>(commit: string | undefined, parts: readonly P[]): Promise<Reading<P>> {
    const findings: Finding[] = [];
    const read = await Promise.all(
      [...new Set<Part>(parts)].map((part) => this.#part(commit, part, findings)),
    );
    return { state: Object.assign({}, ...read) as Pick<Snapshot, P>, findings };
  }

  async #part(commit: string | undefined, part: Part, findings: Finding[]): Promise<Partial<Snapshot>> {
    if (part === "paths")
      return { paths: commit === undefined ? new Set() : await listPaths(this.#objects, commit) };
    const source: Source<FilePart> = SOURCES[part];
    const files = commit === undefined ? {} : await this.#files(commit, part, findings);
    const decoded = Object.values(files).map(([, file]) => file);
    findings.push(...decoded.flatMap((file) => ("finding" in file ? [file.finding] : [])));
    return { [part]: source.collect(decoded.flatMap((file) => ("value" in file ? [file.value] : []))) };
  }

  async #files(commit: string, part: FilePart, findings: Finding[]): Promise<CachedPart["files"]> {
    const path = `${FOLDER}/${SOURCES[part].path}`;
    const root = await findEntry(this.#objects, commit, path);
    if (root === undefined) return {};
    const cached = this.#cache.load(part);
    if (cached?.oid === root.oid && cached.mode === root.mode) return cached.files;
    const listing = await listFiles(this.#objects, path, root, SOURCES[part]);
    const limit = part === "settings" ? DEFAULT_SETTINGS.limits.file_bytes : await this.#limit(commit);
    const entries = listing.files.map(async ({ path: file, oid }) => {
      const known = cached?.files[file];
      return [
        file,
        known?.[0] === oid ? known : ([oid, await this.#decode(part, file, oid, limit)] as const),
      ] as const;
    });
    const files = Object.fromEntries(await Promise.all(entries));
    findings.push(...listing.findings);
    // A listing with findings is made again each time, so that they are reported each time.
    if (listing.findings.length === 0) this.#cache.save(part, { oid: root.oid, mode: root.mode, files });
    return files;
  }

  /** How many bytes a file may have, as the hub's own settings say. */
  async #limit(commit: string): Promise<number> {
    const { settings } = await this.#part(commit, "settings", []);
    return (settings ?? DEFAULT_SETTINGS).limits.file_bytes;
  }

  async #decode(part: FilePart, path: string, oid: string, limit: number): Promise<Decoded<unknown>> {
    const size = (await this.#objects.inspect(oid))?.size;
    if (size === undefined) return unread(path, "missing", "the repository lacks this file's content");
    if (size > limit) return unread(path, "size", `${size} bytes; at most ${limit} are read`);
    const object = await this.#objects.read(oid);
    return object ? DECODERS[part](path, object.bytes) : unread(path, "missing", "its content is gone");
  }
}

function unread(path: string, rule: string, message: string): Decoded<never> {
  return { finding: { path, line: 1, column: 1, rule, message } };
}
