import { join } from "node:path";
import type { CloneState } from "../../src/store/checkout/fast-forward.ts";
import { commitByHand } from "./hand-commit.ts";
import type { Sandbox } from "./sandbox.ts";

/** A hub made by plain git, a person's clone of it, and a replica like the one a host keeps. */
export class Clones {
  readonly hub: string;
  readonly url: string;
  readonly clone: string;
  readonly replica: string;
  readonly #sandbox: Sandbox;
  #commits = 0;

  private constructor(sandbox: Sandbox, hub: string) {
    this.#sandbox = sandbox;
    this.hub = hub;
    this.url = `file://${hub}`;
    this.clone = join(sandbox.directory, "clone");
    this.replica = sandbox.folder("replica.git");
  }

  static async open(sandbox: Sandbox): Promise<Clones> {
    const all = new Clones(sandbox, await sandbox.bareHub());
    await all.commit("hive.yaml", "format: 1\n");
    await sandbox.git(sandbox.directory, "clone", "--quiet", all.url, all.clone);
    await sandbox.git(all.replica, "init", "--quiet", "--bare");
    return all;
  }

  /** Git in the clone. */
  git(...args: string[]): Promise<string> {
    return this.#sandbox.git(this.clone, ...args);
  }

  /** A commit to the hub's folder, past the clone and the replica; its id. */
  commit(name = "file.txt", content = `${this.#commits++}\n`): Promise<string> {
    return commitByHand(this.#sandbox, this.hub, [{ path: `coordination/${name}`, content }]);
  }

  /** Brings the replica up to date, as far back as `depth` says when it is new, and says what it has. */
  async replicate(...depth: `--depth=${number}`[]): Promise<CloneState> {
    await this.#sandbox.git(
      this.replica,
      ...["fetch", "--quiet", ...depth, this.url, "+refs/heads/main:refs/hive/main"],
    );
    const oid = await this.#sandbox.git(this.replica, "rev-parse", "refs/hive/main");
    return { directory: this.replica, ref: "refs/hive/main", oid, url: this.url };
  }
}
