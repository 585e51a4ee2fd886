import type { FileChange } from "../../domain/decision.ts";
import { DEFAULT_SETTINGS } from "../../domain/hub/default-settings.ts";
import { FOLDER } from "../../domain/hub/layout.ts";
import {
  MAX_ARCHIVED_BYTES,
  MAX_ARCHIVED_FILES,
  MAX_BYTES_OF_KIND,
  MAX_FILES_OF_FLOOD,
  MAX_FILES_OF_KIND,
  MAX_REGISTRY_BYTES,
  MAX_RETIRED_BYTES,
} from "../../domain/hub/limits.ts";
import { SOURCES, topOf } from "../../domain/parts.ts";
import type { FilePart, Part, Snapshot } from "../../domain/snapshot.ts";
import type { Finding } from "../../domain/values/finding.ts";
import type { Decoded } from "../decoding/decode.ts";
import { DECODERS } from "../decoding/formats.ts";
import type { ObjectReader } from "../git/objects.ts";
import type { WrittenFile } from "../git/write-commits.ts";
import { findInside, inExcess, type Listing, listFiles, listPaths, MISSING, type Root } from "./listing.ts";
import type { CachedPart, PartCache } from "./part-cache.ts";
import {
  canTakeOver,
  changesOf,
  collect,
  findingsIn,
  mergeFiles,
  type PartFiles,
  type Reading,
} from "./part-files.ts";

/** Reads the hub's committed objects, never a work tree. Checks mode and size first, then the schema. */
export class SnapshotReader {
  readonly #objects: ObjectReader;
  readonly #cache: Pick<PartCache, "load" | "save">;

  constructor(objects: ObjectReader, cache: Pick<PartCache, "load" | "save">) {
    this.#objects = objects;
    this.#cache = cache;
  }

  /** Reads parts at a root. In a hub with no commit yet, all of them are empty. */
  async read<P extends Part>(root: Root | undefined, parts: readonly P[]): Promise<Reading<P>> {
    const listed: Finding[] = [];
    const wanted = [...new Set<Part>(parts)].filter((part) => part !== "paths");
    const read = wanted.map(async (part) => [part, await this.#files(root, part, listed)] as const);
    const files: PartFiles = Object.fromEntries(await Promise.all(read));
    const paths = parts.some((part) => part === "paths") ? await this.#paths(root) : {};
    const findings = [...listed, ...findingsIn(files)];
    return { state: { ...collect(files), ...paths } as Pick<Snapshot, P>, findings, files };
  }

  async #paths(root: Root | undefined): Promise<Partial<Snapshot>> {
    return { paths: root === undefined ? new Set() : await listPaths(this.#objects, root.commit) };
  }

  /**
   * Caches what a commit on `base` wrote, so that this host never decodes its own changes. Only parts that were read
   * at `base` are updated.
   */
  remember(
    base: Root | undefined,
    files: readonly FileChange[],
    written: ReadonlyMap<string, WrittenFile>,
  ): void {
    for (const part of Object.keys(SOURCES) as FilePart[]) {
      const top = topOf(part);
      const entry = written.get(`${FOLDER}/${top}`);
      const inside = changesOf(part, files);
      if (!entry || inside.length === 0) continue;
      const cached = this.#cache.load(part) ?? {
        oid: undefined,
        limit: DEFAULT_SETTINGS.limits.file_bytes,
        files: {},
      };
      const isKnown = cached.oid === base?.entries.get(top)?.oid && canTakeOver(inside, cached.limit);
      if (!isKnown) continue;
      const merged = mergeFiles(part, cached.files, inside, (path) => written.get(path)?.oid);
      this.#cache.save(part, { ...cached, ...entry, files: merged });
    }
  }

  async #files(root: Root | undefined, part: FilePart, findings: Finding[]): Promise<CachedPart["files"]> {
    const top = root?.entries.get(topOf(part));
    if (root === undefined || top === undefined) return {};
    const limit = await this.#limit(root, part);
    const cached = this.#cache.load(part, limit);
    if (cached?.oid === top.oid && cached.mode === top.mode) return cached.files;
    const [, name] = SOURCES[part].path.split("/");
    const entry = name === undefined ? top : await findInside(this.#objects, top, name);
    if (entry === undefined) return {};
    const path = `${FOLDER}/${SOURCES[part].path}`;
    const most =
      part === "archived"
        ? ([MAX_ARCHIVED_FILES] as const)
        : ([MAX_FILES_OF_KIND, MAX_FILES_OF_FLOOD] as const);
    const bytes = part === "archived" ? MAX_ARCHIVED_BYTES : MAX_BYTES_OF_KIND;
    const known = new Set(Object.keys(cached?.files ?? {}));
    const kept = { most: most[0], known };
    const listed = await listFiles(this.#objects, path, entry, SOURCES[part], root.at, kept);
    const listing = limited(path, listed, most, known);
    const budget = { left: Math.max(bytes, limit) };
    const entries = listing.files.map(async ({ path, oid }) => {
      const before = cached?.files[path];
      return [
        path,
        before?.[0] === oid ? before : ([oid, await this.#decode(part, path, oid, limit, budget)] as const),
      ] as const;
    });
    const files = Object.fromEntries(await Promise.all(entries));
    findings.push(...listing.findings);
    // A part with missing content is not cached, because the content may be back once the replica is repaired. A
    // listing with findings is made again each time, so that they are reported each time.
    const found = [...listing.findings, ...findingsIn({ [part]: files })];
    const isWhole = found.every(({ rule }) => rule !== MISSING);
    const oid = listing.findings.length === 0 ? top.oid : "";
    if (isWhole) this.#cache.save(part, { oid, mode: top.mode, limit, files });
    return files;
  }

  /** The size limit of a file in bytes, from the hub's settings. */
  async #limit(root: Root, part: FilePart): Promise<number> {
    if (part === "registry") return MAX_REGISTRY_BYTES;
    if (part === "retired") return MAX_RETIRED_BYTES;
    if (part === "settings") return DEFAULT_SETTINGS.limits.file_bytes;
    const { settings } = collect({ settings: await this.#files(root, "settings", []) });
    return (settings ?? DEFAULT_SETTINGS).limits.file_bytes;
  }

  /** `budget` is what is left of the bytes that all files of the part may have. */
  async #decode(
    part: FilePart,
    path: string,
    oid: string,
    limit: number,
    budget: { left: number },
  ): Promise<Decoded<unknown>> {
    const size = (await this.#objects.inspect(oid))?.size;
    if (size === undefined) return unread(path, MISSING, "the repository lacks this file's content");
    if (size > limit) return unread(path, "size", `the file has ${size} bytes; at most ${limit} are read`);
    budget.left -= size;
    if (budget.left < 0)
      return unread(path, "size", `the files of this kind have too many bytes; not all of them are read`);
    const object = await this.#objects.read(oid);
    return object
      ? DECODERS[part](path, object.bytes)
      : unread(path, MISSING, "the repository lacks this file's content");
  }
}

/**
 * The files that are read of a part that has more than `most`: those that this host has read before, so that a flood of
 * new ones hides none of them, and the last ones by name, up to `few` in all.
 */
function limited(
  path: string,
  listing: Listing,
  [most, few = most]: readonly [most: number, few?: number],
  known: ReadonlySet<string>,
): Listing {
  const { files, count, findings } = listing;
  if (count <= most) return listing;
  const before = files.filter((file) => known.has(file.path)).slice(0, most);
  const others = files.filter((file) => !known.has(file.path));
  const excess = inExcess(path, `${count} files; at most ${most} are read`);
  return {
    count,
    files: [...before, ...others.slice(0, Math.max(0, few - before.length))],
    findings: [...findings, excess],
  };
}

function unread(path: string, rule: string, message: string): Decoded<never> {
  return { finding: { path, line: 1, column: 1, rule, message } };
}
