import { join } from "node:path";
import type { Decoded } from "../decoding/decode.ts";
import { readText, writeAtomically } from "../host/files.ts";
import { Unkept } from "../host/unkept.ts";

/** Increased with every schema change, so that data decoded by another version is never used. */
const CACHE_VERSION = 5;

/** The decoded files of one part, by path. An entry is valid while the blob at its path stays the same. */
export interface CachedPart {
  /** The object (blob or tree) that the part was read from, and its mode: file, folder or link. */
  readonly oid: string;
  readonly mode: string;
  /** The size limit of a file, in bytes, when the part was read. */
  readonly limit: number;
  readonly files: Readonly<Record<string, readonly [oid: string, decoded: Decoded<unknown>]>>;
}

/**
 * Caches decoded files by their blob ids. Unchanged files are neither read nor parsed again, and the YAML library is
 * loaded only for new YAML. Losing the cache costs only time.
 */
export class PartCache {
  readonly #directory: string;
  readonly #unkept: Unkept;
  /**
   * Each part is read once in a process. What another process saves meanwhile has other object ids, so it is read
   * again.
   */
  readonly #parts = new Map<string, CachedPart | undefined>();

  constructor(directory: string, unkept = new Unkept(directory)) {
    this.#directory = directory;
    this.#unkept = unkept;
  }

  /** The cached part, if it was read with the same limit, when a limit is given. */
  load(part: string, limit?: number): CachedPart | undefined {
    if (!this.#parts.has(part)) this.#parts.set(part, this.#read(part));
    const cached = this.#parts.get(part);
    return limit === undefined || cached?.limit === limit ? cached : undefined;
  }

  #read(part: string): CachedPart | undefined {
    const text = readText(this.#path(part));
    if (text === undefined) return undefined;
    try {
      const cached: unknown = JSON.parse(text);
      return isCached(cached) ? cached : undefined;
    } catch {
      return undefined;
    }
  }

  /** Saves a part. A cache that cannot be written (a full or read-only disk) does not fail a read. */
  save(part: string, cached: CachedPart): void {
    this.#parts.set(part, cached);
    const text = JSON.stringify({ version: CACHE_VERSION, ...cached });
    this.#unkept.tolerate(() => writeAtomically(this.#path(part), text));
  }

  #path(part: string): string {
    return join(this.#directory, `${part}.json`);
  }
}

/** Checks the version only. The shape is trusted, because only this host's user writes the cache. */
function isCached(value: unknown): value is CachedPart {
  return typeof value === "object" && value !== null && "version" in value && value.version === CACHE_VERSION;
}
