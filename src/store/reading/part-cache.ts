import { join } from "node:path";
import type { Decoded } from "../decoding/decode.ts";
import { readText, writeAtomically } from "../host/files.ts";

/** Raised whenever a schema changes, so that nothing decoded by another version is trusted. */
const VERSION = 4;

/** What one part's files came to, by path; valid for as long as the blob of a path is the same. */
export interface CachedPart {
  /** The object (blob or tree) the part was read from, and what it was there: file, folder or link. */
  readonly oid: string;
  readonly mode: string;
  /** How many bytes a file could have when it was read. */
  readonly limit: number;
  readonly files: Readonly<Record<string, readonly [oid: string, decoded: Decoded<unknown>]>>;
}

/**
 * Decoded files, kept by their blob ids, so that what did not change is neither read nor parsed again and the
 * YAML library is loaded only when there is new YAML. Losing it costs time and nothing else.
 */
export class PartCache {
  readonly #directory: string;
  /** Read once a process: what another process keeps meanwhile differs in its object ids, and is read anew. */
  readonly #kept = new Map<string, CachedPart | undefined>();

  constructor(directory: string) {
    this.#directory = directory;
  }

  /** What was kept of a part, if it was read with the same limit, where one is given. */
  load(part: string, limit?: number): CachedPart | undefined {
    if (!this.#kept.has(part)) this.#kept.set(part, this.#read(part));
    const cached = this.#kept.get(part);
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

  /** A cache that cannot be written (a full or read-only disk) is no reason to fail a read. */
  save(part: string, cached: CachedPart): void {
    this.#kept.set(part, cached);
    try {
      writeAtomically(this.#path(part), JSON.stringify({ version: VERSION, ...cached }));
    } catch {
      return;
    }
  }

  #path(part: string): string {
    return join(this.#directory, `${part}.json`);
  }
}

/** Only this host's own user writes the cache, so its shape is trusted and its version checked. */
function isCached(value: unknown): value is CachedPart {
  return typeof value === "object" && value !== null && "version" in value && value.version === VERSION;
}
