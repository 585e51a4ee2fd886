import { cp, rm } from "node:fs/promises";
import { join } from "node:path";
import { examine } from "../../src/app/doctor/examine.ts";
import { openWorkplace } from "../../src/app/workplace/workplace.ts";
import type { Check } from "../../src/domain/doctor/check.ts";
import type { HubOptions } from "../../src/hub-options.ts";
import { Host } from "../../src/store/host/state-directory.ts";
import { addressKey, parseHubAddress } from "../../src/store/hub/address.ts";
import type { World } from "../../src/world.ts";
import { hubWith, say, sessionId } from "./hub-with.ts";
import type { Sandbox } from "./sandbox.ts";

export const ONE = "session-1";

/** A host that knows a hub behind a URL, and has written to it, for `hive doctor` to look at. */
export class KnownHub {
  readonly session = sessionId(ONE);
  readonly sandbox: Sandbox;
  readonly hub: string;
  readonly url: string;
  /** Where the host keeps what belongs to the hub, and the replica in there. */
  readonly directory: string;
  readonly replica: string;

  private constructor(sandbox: Sandbox, hub: string, url: string) {
    this.sandbox = sandbox;
    this.hub = hub;
    this.url = url;
    const host = new Host(sandbox.world().env, "");
    this.directory = host.hubDirectory(addressKey(parseHubAddress(url, "/")));
    this.replica = join(this.directory, "replica.git");
  }

  static async open(sandbox: Sandbox, url?: string): Promise<KnownHub> {
    const hub =
      url === undefined ? await hubWith(sandbox, ONE, "session-2") : join(sandbox.directory, "hubs/hub.git");
    const known = new KnownHub(sandbox, hub, url ?? `file://${hub}`);
    await known.open((hive) => say(hive, ONE, "Before"));
    return known;
  }

  /** Opens the hub on this host, and closes it after. */
  async open<Value>(
    act: (hive: Awaited<ReturnType<typeof openWorkplace>>["hive"]) => Promise<Value>,
    options: HubOptions = {},
  ): Promise<Value> {
    const { hive } = await openWorkplace(this.sandbox.world(), { hub: this.url, ...options });
    try {
      return await act(hive);
    } finally {
      hive.close();
    }
  }

  /** Stores a message on this host without sending it; its id. */
  async queue(text: string): Promise<string> {
    return (await this.open((hive) => say(hive, ONE, text), { isOffline: true })).op;
  }

  /** Examines the hub as session-1; every check by its name. */
  async examine(options: HubOptions & { repairs?: boolean; world?: World } = {}) {
    const { repairs = false, world = this.sandbox.world(), ...rest } = options;
    const { checks, fixed } = await examine(world, { hub: this.url, as: ONE, ...rest }, repairs);
    const names = Object.fromEntries(checks.map((check) => [check.name, check]));
    const bad = checks.filter(({ state }) => state === "bad").map(({ name }) => name);
    const find = (name: string): Check =>
      names[name] ?? { name, state: "ok", message: "not looked at", next: null };
    return { checks, fixed, bad, find };
  }

  /** How often an operation is in the hub's history. */
  async landed(op: string): Promise<number> {
    return (await this.sandbox.history(this.hub)).filter((entry) => entry.op === op).length;
  }

  /** Takes the hub away for a while; brings it back when called. */
  async takeAway(): Promise<() => Promise<void>> {
    const aside = `${this.hub}.aside`;
    await cp(this.hub, aside, { recursive: true });
    await rm(this.hub, { recursive: true });
    return async () => {
      await cp(aside, this.hub, { recursive: true });
    };
  }
}
