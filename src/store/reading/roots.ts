import type { FileChange } from "../../domain/decision.ts";
import { FOLDER } from "../../domain/hub/layout.ts";
import type { ObjectReader } from "../git/objects.ts";
import { knownRef } from "../git/refs.ts";
import type { Chain } from "../git/write-commits.ts";
import type { Repository } from "../replica/repository.ts";
import { type Root, readRoot } from "./listing.ts";
import { readRootFile, writeRootFile } from "./root-file.ts";

/** The newest known root of a hub, kept on disk: while the branch is where it was, no git has to be asked for it. */
export class Roots {
  readonly #repository: Repository;
  readonly #objects: ObjectReader;
  readonly #directory: string;
  #kept: Root | undefined;

  constructor(repository: Repository, objects: ObjectReader, hubDirectory: string) {
    this.#repository = repository;
    this.#objects = objects;
    this.#directory = hubDirectory;
  }

  /** The root of the newest commit known here; undefined where there is none yet. */
  newest(): Root | undefined {
    const { git, tip } = this.#repository;
    const commit = knownRef(git, tip);
    if (commit === null) return undefined;
    this.#kept ??= readRootFile(this.#directory);
    if (this.#kept?.commit !== commit) this.#keep(readRoot(this.#objects, commit));
    return this.#kept;
  }

  /** Takes over what a chain on `base` wrote. */
  remember(base: Root | undefined, files: readonly FileChange[], { tip, written }: Chain): void {
    if (base === undefined) return;
    const entries = new Map(base.entries);
    for (const [folder, name = ""] of files.map(({ path }) => path.split("/"))) {
      if (folder !== FOLDER) continue;
      const entry = written.get(`${folder}/${name}`);
      if (entry) entries.set(name, { name, ...entry });
      else entries.delete(name);
    }
    this.#keep({ commit: tip, entries });
  }

  #keep(root: Root | undefined): void {
    this.#kept = root;
    // What is no hub is read again: it may become one, or be a replica that was mended.
    if (root === undefined || root.entries.size === 0) return;
    writeRootFile(this.#directory, root);
  }
}
