import type { Operation } from "../../src/domain/operation.ts";
import type { WaitingOperation } from "../../src/domain/stored-operation.ts";
import type { Ulid } from "../../src/domain/values/ids.ts";
import { type Git, gitAt } from "../../src/store/git/git.ts";
import { outboxRef, writeOutbox } from "../../src/store/landing/host-outboxes.ts";
import { sessionId } from "./hub-with.ts";
import type { Sandbox } from "./sandbox.ts";

/** A hub's own repository, where other hosts have left something in the meantime. */
export class OtherHosts {
  readonly git: Git;
  readonly #sandbox: Sandbox;
  readonly #hub: string;

  constructor(sandbox: Sandbox, hub: string) {
    this.git = gitAt(hub, sandbox.env);
    this.#sandbox = sandbox;
    this.#hub = hub;
  }

  /** A broadcast that another host operations for, a moment after the last; it has not landed. */
  async attempt(text: string, session = "session-2"): Promise<Operation> {
    const world = this.#sandbox.host("elsewhere");
    this.#sandbox.clock.now += 1;
    const at = new Date(world.now()).toISOString();
    const input = { text, priority: "normal" };
    return { op: (await world.newId()) as Ulid, kind: "broadcast", session: sessionId(session), at, input };
  }

  /** The newest commit of the branch, or one before it. */
  tip(back = 0): Promise<string> {
    return this.#sandbox.git(this.#hub, "rev-parse", `main~${back}`);
  }

  /** Leaves what a host waits with. */
  async leave(host: string, operations: readonly Operation[], since: string | null): Promise<void> {
    await this.leaveEntries(
      host,
      operations.map((operation) => ({ operation, since })),
    );
  }

  /** The same, each since a commit of its own. */
  async leaveEntries(host: string, waiting: readonly WaitingOperation[]): Promise<void> {
    await this.set(host, writeOutbox(this.git, host, waiting) ?? "");
  }

  async set(host: string, oid: string): Promise<void> {
    await this.#sandbox.git(this.#hub, "update-ref", outboxRef(host), oid);
  }

  /** The same, looked for until there is one: an outbox goes by a push of its own, beside that of the branch. */
  async firstNames(): Promise<string[]> {
    let names: string[] = [];
    for (let looks = 0; looks < 200 && names.length === 0; looks++) names = await this.names();
    return names;
  }

  /** The hosts that have left something. */
  async names(): Promise<string[]> {
    const refs = await this.#sandbox.git(
      this.#hub,
      "for-each-ref",
      "--format=%(refname:lstrip=3)",
      "refs/hive/outbox/",
    );
    return refs.split("\n").filter(Boolean);
  }
}
