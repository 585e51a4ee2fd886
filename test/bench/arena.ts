import { existsSync, mkdirSync, statSync, writeFileSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { parseSession } from "../../src/app/workplace/workplace.ts";
import { Sandbox } from "../support/sandbox.ts";
import { writeSshShim } from "../support/ssh-shim.ts";
import { bareVariables, type Variables } from "./live-world.ts";
import { bytesIn } from "./sizes.ts";

/** Connections to a hub's receive-pack and upload-pack, and the bytes of its files before any packing. */
export interface Traffic {
  readonly pushes: number;
  readonly fetches: number;
  readonly bytes: number;
}

const IDENTITY = "[user]\n\tname = bench\n\temail = bench@example.org\n";

/**
 * One hub with registered sessions, for one run of one contender, that counts the connections made to it.
 *
 * A round trip is one git network command, as `git push` and `git fetch` are: the hub is an ssh address whose `ssh`
 * sleeps and then runs the remote command on this disk. Without a delay the hub is a `file://` address. Counted is
 * every connection to receive-pack and upload-pack: for ssh in the shim's log, for `file://` by what the clients are
 * configured to start, which is a shell that appends one byte and becomes the real program. No process is added.
 */
export class Arena {
  readonly sandbox: Sandbox;
  readonly hub: string;
  readonly address: string;
  readonly env: Variables;
  readonly #shim: string | undefined;

  private constructor(sandbox: Sandbox, hub: string, shim: string | undefined) {
    this.sandbox = sandbox;
    this.hub = hub;
    this.#shim = shim;
    this.address = shim === undefined ? `file://${hub}` : `ssh://hub.example.org${hub}`;
    const config = join(sandbox.directory, "gitconfig");
    // `hub` is what a replica calls its remote, `origin` what a clone does.
    writeFileSync(config, `${IDENTITY}${["hub", "origin"].map((name) => this.#remote(name)).join("")}`);
    this.env = {
      ...bareVariables(sandbox.folder("home")),
      GIT_CONFIG_GLOBAL: config,
      ...(shim === undefined ? {} : { GIT_SSH_COMMAND: shim }),
    };
  }

  /** Makes the hub and registers its sessions, which are found in `names`. */
  static async open(names: readonly string[], delay?: number): Promise<Arena> {
    const sandbox = new Sandbox();
    const hub = await sandbox.bareHub();
    await sandbox.git(hub, "config", "core.logAllRefUpdates", "always");
    const shim = delay === undefined ? undefined : await writeSshShim(sandbox, { delay });
    const arena = new Arena(sandbox, hub, shim);
    const hive = await sandbox.hive(hub, sandbox.host("set-up", { now: Date.now }));
    for (const name of names) {
      const session = parseSession(name);
      if (name === names[0]) await hive.submit("init", {}, session);
      await hive.submit("register", {}, session);
    }
    return arena;
  }

  /** A directory of the arena, made when it is not there. */
  folder(...names: string[]): string {
    const path = join(this.sandbox.directory, ...names);
    mkdirSync(path, { recursive: true });
    return path;
  }

  /** What the hub has seen and holds so far; what two of them differ in is the traffic between. */
  async traffic(): Promise<Traffic> {
    return { pushes: await this.pushes(), fetches: await this.fetches(), bytes: this.bytes() };
  }

  /** Connections to the hub's receive-pack so far. */
  pushes(): Promise<number> {
    return this.#connections("receive-pack");
  }

  /** Connections to the hub's upload-pack so far. */
  fetches(): Promise<number> {
    return this.#connections("upload-pack");
  }

  /** How often each value of a trailer is on the hub's branch. */
  async trailers(name: string): Promise<Map<string, number>> {
    const text = await this.sandbox.git(
      this.hub,
      "log",
      `--format=%(trailers:key=${name},valueonly)`,
      "main",
    );
    const found = new Map<string, number>();
    for (const value of text.split("\n").filter(Boolean)) found.set(value, (found.get(value) ?? 0) + 1);
    return found;
  }

  /** How often the hub's branch has moved. */
  async moves(): Promise<number> {
    const text = await this.sandbox.git(this.hub, "reflog", "show", "--format=%H", "main");
    return text.split("\n").filter(Boolean).length;
  }

  /** The bytes of the hub's files: before any packing, what pushes brought. */
  bytes(): number {
    return bytesIn(this.hub);
  }

  close(): Promise<void> {
    return this.sandbox.close();
  }

  async #connections(program: string): Promise<number> {
    if (this.#shim === undefined) {
      const log = this.#log(program);
      return existsSync(log) ? statSync(log).size : 0;
    }
    const log = `${this.#shim}.log`;
    const calls = existsSync(log) ? (await readFile(log, "utf8")).split("\n") : [];
    return calls.filter((call) => call.includes(`git-${program}`)).length;
  }

  #log(program: string): string {
    return join(this.sandbox.directory, `${program}.log`);
  }

  #remote(name: string): string {
    if (this.#shim !== undefined) return "";
    const count = (program: string) => `"printf . >> ${this.#log(program)}; exec git-${program}"`;
    return [
      `[remote "${name}"]`,
      `\treceivepack = ${count("receive-pack")}`,
      `\tuploadpack = ${count("upload-pack")}\n`,
    ].join("\n");
  }
}
