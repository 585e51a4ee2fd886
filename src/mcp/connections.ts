import { TOOL_VARIABLES } from "../domain/coding-tools/table.ts";
import type { HubOptions } from "../hub-options.ts";
import type { World } from "../world.ts";
import { HubConnection } from "./connection.ts";

/** A thread's id is as long as a session's id may be. Anything else is no thread. */
const THREAD = /^[\w.:-]{1,128}$/;

/** The connections of one server: its own, and one for each thread that a client names in its calls. */
export class Connections {
  readonly own: HubConnection;
  readonly #world: World;
  readonly #options: HubOptions;
  readonly #threads = new Map<string, HubConnection>();

  constructor(world: World, options: HubOptions) {
    this.#world = world;
    this.#options = options;
    this.own = new HubConnection(world, options);
  }

  /**
   * The connection of a call. Codex runs one server for several threads, and names the thread in the call. The thread is
   * the session, which may belong to another project and hub than the server's folder.
   */
  async of(meta: Readonly<Record<string, unknown>> | undefined): Promise<HubConnection> {
    const thread = meta?.threadId;
    if (typeof thread !== "string" || !THREAD.test(thread)) return this.own;
    const others = Object.values(TOOL_VARIABLES).map((name) => [name, undefined]);
    const env = { ...this.#world.env, ...Object.fromEntries(others), [TOOL_VARIABLES.codex]: thread };
    const world = { ...this.#world, env, ancestors: () => [] };
    const { ToolSession } = await import("../app/coding-tools/tool-session.ts");
    const directory = ToolSession.folderOf(world, `${TOOL_VARIABLES.codex}=${thread}`);
    const key = JSON.stringify([thread, directory]);
    const connection = this.#threads.get(key) ?? new HubConnection({ ...world, directory }, this.#options);
    this.#threads.set(key, connection);
    return connection;
  }

  async close(): Promise<void> {
    for (const connection of [this.own, ...this.#threads.values()]) await connection.close();
  }
}
