import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { runHook } from "../../src/hook/run.ts";
import type { World } from "../../src/world.ts";
import { Console } from "./console.ts";
import type { Sandbox } from "./sandbox.ts";
import type { TestWorld } from "./test-world.ts";

/** What a hook printed, as the tool reads it; undefined where it said nothing. */
export type Said = Readonly<Record<string, unknown>> | undefined;

/** A coding tool on one host that tells its hooks of what happens, in this process. */
export class ScriptedTool {
  readonly sandbox: Sandbox;
  readonly project: string;
  readonly #host: string;
  readonly #env: Readonly<Record<string, string>>;

  constructor(sandbox: Sandbox, host = "a", project = "project", env: Readonly<Record<string, string>> = {}) {
    this.sandbox = sandbox;
    this.#host = host;
    this.#env = env;
    this.project = sandbox.folder("projects", host, project);
    mkdirSync(join(this.project, ".git"), { recursive: true });
  }

  /** A world in the tool's project, with what it is told on its stdin. */
  world(input = "", over: Partial<World> = {}): TestWorld {
    const world = this.sandbox.host(this.#host, { directory: this.project, readInput: async () => input });
    return { ...world, env: { ...world.env, ...this.#env }, ...over };
  }

  /** Sends an event of Claude Code's, and runs by itself what is to run by itself; what the hook said. */
  async tell(name: string, session: string, over: object = {}): Promise<Said> {
    const { said, world } = await this.send({
      hook_event_name: name,
      session_id: session,
      cwd: this.project,
      ...over,
    });
    for (const [, ...words] of world.started) await runHook(words, this.world());
    return said;
  }

  /** Sends any event to the hooks of a tool. */
  async send(event: unknown, tool = "claude", ...words: string[]): Promise<{ said: Said; world: TestWorld }> {
    const world = this.world(typeof event === "string" ? event : JSON.stringify(event));
    await runHook([tool, ...words], world);
    const { out, err } = world.printed;
    if (err !== "" || (out !== "" && !/^[^\n]+\n$/.test(out))) throw new Error(`hook printed ${out}${err}`);
    return { said: out === "" ? undefined : JSON.parse(out), world };
  }

  /** A shell that the tool starts in a session. */
  shell(session: string, variable = "CLAUDE_CODE_SESSION_ID"): Console {
    const { HIVE_STATE_DIR = "" } = this.world().env;
    const env = { ...this.#env, HIVE_STATE_DIR, [variable]: session };
    return new Console(this.sandbox, { directory: this.project, env });
  }

  /** What the process does that a hook of a session leaves behind. */
  async exchange(session = "one"): Promise<void> {
    await runHook(["exchange", `CLAUDE_CODE_SESSION_ID=${session}`], this.world());
  }
}

/** What a hook of Claude Code's told its session, also as the reason of a denial; empty where it told nothing. */
export function contextIn(said: Said): string {
  const { hookSpecificOutput: told = {} } = (said ?? {}) as { hookSpecificOutput?: Record<string, string> };
  return told.additionalContext ?? told.permissionDecisionReason ?? "";
}
