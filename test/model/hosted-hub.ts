import type { Hive } from "../../src/app/hive/hive.ts";
import type { Decision } from "../../src/domain/decision.ts";
import type { Operation } from "../../src/domain/operation.ts";
import type { InputOf, Kind } from "../../src/domain/operations.ts";
import type { Part, Snapshot } from "../../src/domain/snapshot.ts";
import { parseTarget } from "../../src/store/validation/revisions.ts";
import { openSandbox } from "../support/git-sandbox.ts";
import type { Sandbox } from "../support/sandbox.ts";

/** A real hub in Git, written by the sessions of two hosts: one on its own disk, one that pushes to it. */
export class HostedHub {
  readonly sandbox: Sandbox = openSandbox();
  /** The operations, in order. */
  readonly operations: Operation[] = [];
  readonly #hosts: Hive[] = [];

  static async open(): Promise<HostedHub> {
    const hub = new HostedHub();
    const path = await hub.sandbox.bareHub();
    const newId = async () => hub.#newest().op;
    for (const [name, address] of [
      ["near", path],
      ["far", `file://${path}`],
    ] as const)
      hub.#hosts.push(await hub.sandbox.hive(address, hub.sandbox.host(name, { newId })));
    return hub;
  }

  /** By the host of its session, at the instant and with the id of the operation. */
  async submit(operation: Operation): Promise<Decision<unknown>> {
    this.operations.push(operation);
    this.sandbox.clock.now = Date.parse(operation.at);
    const { kind, input, session, registration } = operation;
    const ended = await this.#host(session).submit(
      kind as Kind,
      input as InputOf<Kind>,
      session,
      registration,
    );
    if (ended.kind === "queued") throw ended.why;
    if (ended.kind === "refusal") return ended;
    const isChange = ended.kind === "landed" && ended.commit !== null;
    return { kind: isChange ? "change" : "nothing", subject: "", files: [], result: ended.result };
  }

  async snapshot(parts: readonly Part[]): Promise<Snapshot> {
    return (await this.#host("session-1").read(parts)).state as Snapshot;
  }

  /** What `hive validate` finds wrong with the hub, and with who changed what from its first commit on. */
  async faults(): Promise<readonly unknown[]> {
    const everything = parseTarget(`${"0".repeat(40)}..`);
    return (await this.#host("session-1").validate(everything)).findings;
  }

  /** Every file of the hub's branch, as plain git has it. */
  async files(): Promise<Map<string, string>> {
    const [git, hub] = [this.sandbox.git.bind(this.sandbox), this.sandbox.folder("hubs", "hub.git")];
    const paths = (await git(hub, "ls-tree", "-r", "--name-only", "main")).split("\n");
    return new Map(
      await Promise.all(paths.map(async (path) => [path, await git(hub, "show", `main:${path}`)] as const)),
    );
  }

  /** What plain git tells of each commit, oldest first. */
  async history(): Promise<Pick<Operation, "op" | "session" | "kind">[]> {
    const entries = await this.sandbox.history(this.sandbox.folder("hubs", "hub.git"));
    return entries.map(({ op, session, kind }) => ({ op, session, kind }) as Operation);
  }

  #newest(): Operation {
    const newest = this.operations.at(-1);
    if (newest === undefined) throw new Error("no operation was made yet");
    return newest;
  }

  #host(session: string): Hive {
    const host = this.#hosts[["session-1", "session-3", "git-hive"].includes(session) ? 0 : 1];
    if (host === undefined) throw new Error(`no host of ${session}`);
    return host;
  }
}
