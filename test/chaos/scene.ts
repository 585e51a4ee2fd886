import { SETTINGS_PATH } from "../../src/domain/hub/layout.ts";
import { commitByHand } from "../support/hand-commit.ts";
import type { Sandbox } from "../support/sandbox.ts";
import { readCalls } from "./call.ts";
import { check } from "./checker.ts";
import { ChaosHost, Client, recordsOf } from "./client.ts";
import { type Evidence, readHub } from "./evidence.ts";
import type { ChaosFinding } from "./finding.ts";
import { untilNobodyRuns } from "./process.ts";

/** A hub with sessions in it, the hosts and clients that use it, and the verdict on them at the end. */
export class Scene {
  readonly sandbox: Sandbox;
  /** The bare repository itself. */
  readonly hub: string;
  /** What the hosts know it by. */
  readonly address: string;
  readonly hosts = new Map<string, ChaosHost>();
  readonly #program: string;
  #base = "";
  #clients = 0;

  constructor(sandbox: Sandbox, program: string, hub: string, address: string) {
    this.sandbox = sandbox;
    this.hub = hub;
    this.address = address;
    this.#program = program;
  }

  /** Makes the hub, with these sessions and settings in it, by a host that does nothing else. */
  async prepare(sessions: readonly string[], settings: string | undefined): Promise<this> {
    const host = new ChaosHost(this.sandbox, "preparing", this.#program, this.hub);
    await host.json("init", "--remote", this.hub);
    await Promise.all(sessions.map((session) => host.json("register", session)));
    if (settings !== undefined)
      await commitByHand(this.sandbox, this.hub, [{ path: SETTINGS_PATH, content: settings }]);
    this.#base = await this.tip();
    return this;
  }

  tip(): Promise<string> {
    return this.sandbox.git(this.hub, "rev-parse", "main");
  }

  host(name: string, address = this.address): ChaosHost {
    const host = this.hosts.get(name) ?? new ChaosHost(this.sandbox, name, this.#program, address);
    this.hosts.set(name, host);
    return host;
  }

  /** A client of its own, although it may act for the same session as another one. */
  client(session: string, host: string): Client {
    return new Client(this.sandbox, `${session}_${host}.${this.#clients++}`, session, this.host(host));
  }

  /** A client on a host of its own that knows the hub as a path on its disk. */
  local(session: string, host: string): Client {
    this.host(host, this.hub);
    return this.client(session, host);
  }

  /** Syncs every host once and takes the evidence. */
  async evidence(): Promise<Evidence> {
    const unsent = new Map<string, number>();
    for (const [name, host] of this.hosts) unsent.set(name, await host.sync());
    await untilNobodyRuns(this.sandbox);
    return {
      calls: readCalls(recordsOf(this.sandbox)),
      ...(await readHub(this.sandbox, this.hub, this.#base)),
      unsent,
    };
  }

  /** Syncs every host once and holds what is there against every promise. */
  async verdict(): Promise<ChaosFinding[]> {
    return check(await this.evidence());
  }
}

/** A hub with sessions in it. Without a server's address, the hosts know it as a path on this disk. */
export async function openScene(
  sandbox: Sandbox,
  program: string,
  address: string | undefined,
  sessions: readonly string[],
  settings?: string,
): Promise<Scene> {
  const hub = await sandbox.bareHub();
  return new Scene(sandbox, program, hub, address ?? hub).prepare(sessions, settings);
}
