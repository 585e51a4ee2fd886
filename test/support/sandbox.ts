import { execFile } from "node:child_process";
import { appendFileSync, mkdirSync, mkdtempSync } from "node:fs";
import { rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import process from "node:process";
import { promisify } from "node:util";
import { Hive } from "../../src/app/hive/hive.ts";
import { Host } from "../../src/store/host/state-directory.ts";
import { parseHubAddress } from "../../src/store/hub/address.ts";
import type { World } from "../../src/world.ts";
import { NOON } from "./builders.ts";
import { makeWorld, seeded, type TestWorld } from "./test-world.ts";

/** A commit of a hub's branch, as the tests ask about it. */
export interface Entry {
  readonly commit: string;
  readonly parents: readonly string[];
  readonly author: string;
  readonly subject: string;
  readonly op: string;
  readonly session: string;
  readonly kind: string;
}

/** A directory with hubs, hosts and a home of its own; git sees nothing of the machine's settings or identity. */
export class Sandbox {
  readonly directory = mkdtempSync(join(tmpdir(), "hive-test-"));
  /** What every host's world has; a host adds its state directory. */
  readonly env: Readonly<Record<string, string | undefined>> = {
    PATH: process.env.PATH,
    HOME: this.folder("home"),
    GIT_CONFIG_GLOBAL: "/dev/null",
    GIT_CONFIG_NOSYSTEM: "1",
  };
  /** What `now` answers in every world of the sandbox; a test moves it. */
  readonly clock = { now: Date.parse(NOON) };
  readonly #random = new Map<string, () => number>();
  readonly #closers: (() => unknown)[] = [];

  /** Runs at the end, last registered first, before the directory goes. */
  atEnd(close: () => unknown): void {
    this.#closers.unshift(close);
  }

  async close(): Promise<void> {
    for (const close of this.#closers.splice(0)) await close();
    await rm(this.directory, { recursive: true, force: true, maxRetries: 5 });
  }

  /** A folder of the sandbox, made when it is not there. */
  folder(...names: string[]): string {
    const path = join(this.directory, ...names);
    mkdirSync(path, { recursive: true });
    return path;
  }

  /** An empty bare repository that takes pushes, also over HTTP; its path. */
  async bareHub(name = "hub"): Promise<string> {
    const path = join(this.folder("hubs"), `${name}.git`);
    // Without a template: its dozen sample hooks would be copied and removed with every hub.
    const how = ["--quiet", "--bare", "--initial-branch=main", "--template="];
    await this.git(this.directory, "init", ...how, path);
    // Not by git: two more processes for each hub would be thousands.
    appendFileSync(join(path, "config"), "[http]\n\treceivepack = true\n[receive]\n\tautogc = false\n");
    return path;
  }

  /** The world of host `a`. */
  world(over: Partial<World> = {}): TestWorld {
    return this.host("a", over);
  }

  /** The world of one host: two hosts have two state directories, and draw different ids. */
  host(name: string, over: Partial<World> = {}): TestWorld {
    const random = this.#random.get(name) ?? seeded(name);
    this.#random.set(name, random);
    const env = { ...this.env, HIVE_STATE_DIR: join(this.directory, "hosts", name) };
    const fixed = { env, directory: this.folder("work"), home: this.folder("home"), random };
    return { ...makeWorld(fixed, this.clock), ...over };
  }

  /** The hub at an address as a host sees it, closed at the end. */
  async hive(address: string, world: World = this.world()): Promise<Hive> {
    const hub = parseHubAddress(address, world.directory);
    const hive = await Hive.open(world, new Host(world.env, world.home), hub);
    this.atEnd(() => hive.close());
    return hive;
  }

  /** Runs real git in a directory, with an identity for commits made by hand; what it prints. */
  git(directory: string, ...args: string[]): Promise<string> {
    return this.gitWith("", directory, ...args);
  }

  /** The same with something on its stdin. */
  async gitWith(input: string | Buffer, directory: string, ...args: string[]): Promise<string> {
    const date = `${Math.floor(this.clock.now / 1000)} +0000`;
    const author = { GIT_AUTHOR_NAME: "Hand", GIT_AUTHOR_EMAIL: "hand@example.org", GIT_AUTHOR_DATE: date };
    const committer = Object.entries(author).map(([name, value]) => [
      name.replace("AUTHOR", "COMMITTER"),
      value,
    ]);
    const env = { ...this.env, ...author, ...Object.fromEntries(committer) };
    const running = promisify(execFile)("git", args, { cwd: directory, env, maxBuffer: 2 ** 28 });
    running.child.stdin?.on("error", () => undefined).end(input);
    return (await running).stdout.trimEnd();
  }

  /** The hub's branch, oldest first. */
  async history(hub: string): Promise<Entry[]> {
    const trailer = (name: string) => `%(trailers:key=${name},valueonly,separator=%x20)`;
    const fields = ["%H", "%P", "%an", "%s", ...["Hive-Op", "Hive-Session", "Hive-Kind"].map(trailer)];
    const text = await this.git(hub, "log", "--reverse", `--format=${fields.join("%x1f")}`, "main");
    return text.split("\n").map((line) => {
      const [commit = "", parents = "", author = "", subject = "", op = "", session = "", kind = ""] =
        line.split("\x1f");
      return { commit, parents: parents.split(" ").filter(Boolean), author, subject, op, session, kind };
    });
  }

  /** Throws unless every object of the hub is sound. */
  async fsck(hub: string): Promise<void> {
    await this.git(hub, "fsck", "--strict", "--no-dangling");
  }
}
