import type { FileChange } from "../../domain/decision.ts";
import { FOLDER } from "../../domain/hub/layout.ts";
import type { Instant } from "../../domain/values/instant.ts";
import type { ObjectReader } from "../git/objects.ts";
import { knownRef } from "../git/refs.ts";
import type { Chain } from "../git/write-commits.ts";
import { Unkept } from "../host/unkept.ts";
import { tipNotACommit } from "../hub/errors.ts";
import type { Repository } from "../replica/repository.ts";
import { type Root, readRoot } from "./listing.ts";
import { readRootFile, writeRootFile } from "./root-file.ts";

/** The newest known root of a hub, saved on disk. While the branch does not move, the root is read without git. */
export class Roots {
  readonly #repository: Repository;
  readonly #objects: ObjectReader;
  readonly #directory: string;
  readonly #unkept: Unkept;
  #newest: Root | undefined;

  constructor(
    repository: Repository,
    objects: ObjectReader,
    hubDirectory: string,
    unkept = new Unkept(hubDirectory),
  ) {
    this.#repository = repository;
    this.#objects = objects;
    this.#directory = hubDirectory;
    this.#unkept = unkept;
  }

  /**
   * The root of the newest known commit; undefined when there is no commit yet. While a hub on this disk is away, it is
   * the one that was read last. Throws HiveError when the branch points to something else.
   */
  newest(): Root | undefined {
    const { git, tip, away } = this.#repository;
    const commit = knownRef(git, tip);
    if (commit === null) return away() && this.lastRead();
    this.#newest ??= readRootFile(this.#directory);
    if (this.#newest?.commit !== commit) this.#save(this.#read(commit));
    return this.#newest;
  }

  #read(commit: string): Root | undefined {
    const root = readRoot(this.#objects, commit);
    if (root === undefined || root.entries.size > 0) return root;
    const [{ type = "commit" } = {}] = this.#objects.inspectNow([commit]);
    if (type !== "commit") throw tipNotACommit(this.#repository.address, type);
    return root;
  }

  /** The root that this host read last, from its own files; undefined when there is none. */
  lastRead(): Root | undefined {
    return this.#newest ?? readRootFile(this.#directory);
  }

  /** Updates the root with what a chain of commits on `base` wrote; the last one is dated `at`. */
  remember(
    base: Root | undefined,
    files: readonly FileChange[],
    { tip, written }: Chain,
    at: Instant | undefined,
  ): void {
    if (base === undefined) return;
    const entries = new Map(base.entries);
    for (const [folder, name = ""] of files.map(({ path }) => path.split("/"))) {
      if (folder !== FOLDER) continue;
      const entry = written.get(`${folder}/${name}`);
      if (entry) entries.set(name, { name, ...entry });
      else entries.delete(name);
    }
    this.#save({ commit: tip, at, entries });
  }

  #save(root: Root | undefined): void {
    this.#newest = root;
    // A repository that is no hub is not saved, because it may become one, or be a replica that was repaired.
    if (root === undefined || root.entries.size === 0) return;
    this.#unkept.tolerate(() => writeRootFile(this.#directory, root));
  }
}
