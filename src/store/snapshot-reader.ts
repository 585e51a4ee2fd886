import type { FileChange } from "../domain/decision.ts";
import { DEFAULT_SETTINGS } from "../domain/default-settings.ts";
import type { Finding } from "../domain/finding.ts";
import { FOLDER } from "../domain/paths.ts";
import type { Part, Snapshot } from "../domain/snapshot.ts";
import type { Written } from "./commit.ts";
import type { Decoded } from "./decode.ts";
import { DECODERS } from "./decoders.ts";
import { findInside, listFiles, listPaths, type Root } from "./listing.ts";
import type { ObjectReader } from "./objects.ts";
import type { CachedPart, PartCache } from "./part-cache.ts";
import { type FilePart, SOURCES, type Source } from "./sources.ts";

/** The registry is generated and grows with the number of sessions, not with what one of them writes. */
const MOST_GENERATED_BYTES = 16_777_216;

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

  /** The parts as they are at a root; of a hub with no commit yet, all of them are empty. */
  async read<P extends Part>(root: Root | undefined, parts: readonly P[]): Promise<Reading<P>> {
    const findings: Finding[] = [];
    const read = await Promise.all([...new Set<Part>(parts)].map((part) => this.#part(root, part, findings)));
    return { state: Object.assign({}, ...read) as Pick<Snapshot, P>, findings };
  }

  /**
   * Takes over what a commit on `base` wrote, so that this host never decodes its own words again. Only parts that
   * were read at `base` itself are taken further.
   */
  remember(
    base: Root | undefined,
    files: readonly FileChange[],
    written: ReadonlyMap<string, Written>,
  ): void {
    for (const part of Object.keys(SOURCES) as FilePart[]) {
      const top = topOf(part);
      const entry = written.get(`${FOLDER}/${top}`);
      const inside = files.filter(({ path }) => `${path}/`.startsWith(`${FOLDER}/${SOURCES[part].path}/`));
      if (!entry || inside.length === 0) continue;
      const cached = this.#cache.load(part) ?? {
        oid: undefined,
        limit: DEFAULT_SETTINGS.limits.file_bytes,
        files: {},
      };
      const isKnown = cached.oid === base?.entries.get(top)?.oid && canTakeOver(inside, cached.limit);
      if (!isKnown) continue;
      const known = new Map(Object.entries(cached.files));
      for (const { path, value } of inside) {
        const oid = written.get(path)?.oid;
        if (oid === undefined) known.delete(path);
        else known.set(path, [oid, { value }]);
      }
      const newest = [...known].sort(([a], [b]) => (a < b ? 1 : -1)).slice(0, SOURCES[part].newest);
      this.#cache.save(part, { ...cached, ...entry, files: Object.fromEntries(newest) });
    }
  }

  async #part(root: Root | undefined, part: Part, findings: Finding[]): Promise<Partial<Snapshot>> {
    if (part === "paths")
      return { paths: root === undefined ? new Set() : await listPaths(this.#objects, root.commit) };
    const source: Source<FilePart> = SOURCES[part];
    const files = root === undefined ? {} : await this.#files(root, part, findings);
    const decoded = Object.values(files).map(([, file]) => file);
    findings.push(...decoded.flatMap((file) => ("finding" in file ? [file.finding] : [])));
    return { [part]: source.collect(decoded.flatMap((file) => ("value" in file ? [file.value] : []))) };
  }

  async #files(root: Root, part: FilePart, findings: Finding[]): Promise<CachedPart["files"]> {
    const top = root.entries.get(topOf(part));
    if (top === undefined) return {};
    const limit = await this.#limit(root, part);
    const cached = this.#cache.load(part, limit);
    if (cached?.oid === top.oid && cached.mode === top.mode) return cached.files;
    const [, name] = SOURCES[part].path.split("/");
    const entry = name === undefined ? top : await findInside(this.#objects, top, name);
    if (entry === undefined) return {};
    const listing = await listFiles(this.#objects, `${FOLDER}/${SOURCES[part].path}`, entry, SOURCES[part]);
    const entries = listing.files.map(async ({ path, oid }) => {
      const known = cached?.files[path];
      return [
        path,
        known?.[0] === oid ? known : ([oid, await this.#decode(part, path, oid, limit)] as const),
      ] as const;
    });
    const files = Object.fromEntries(await Promise.all(entries));
    findings.push(...listing.findings);
    // A listing with findings is made again each time, so that they are reported each time.
    if (listing.findings.length === 0) this.#cache.save(part, { oid: top.oid, mode: top.mode, limit, files });
    return files;
  }

  /** How many bytes a file may have, as the hub's own settings say. */
  async #limit(root: Root, part: FilePart): Promise<number> {
    if (part === "registry") return MOST_GENERATED_BYTES;
    if (part === "settings") return DEFAULT_SETTINGS.limits.file_bytes;
    const { settings } = await this.#part(root, "settings", []);
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

/** What every reader would read as it was meant: known by value, and no larger than any of them reads. */
function canTakeOver(files: readonly FileChange[], limit: number): boolean {
  return files.every(
    ({ text, value }) => text === undefined || (value !== undefined && Buffer.byteLength(text) <= limit),
  );
}

function unread(path: string, rule: string, message: string): Decoded<never> {
  return { finding: { path, line: 1, column: 1, rule, message } };
}

/** What lies directly in the hub's folder and holds the part: whether it has changed tells whether the part may have. */
function topOf(part: FilePart): string {
  return SOURCES[part].path.split("/")[0] ?? "";
}
