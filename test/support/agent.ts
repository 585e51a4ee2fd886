import { chmodSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import process from "node:process";
import { claude } from "../../src/domain/coding-tools/claude.ts";
import { type EndedProcess, MAIN, Machine } from "./processes.ts";
import type { Sandbox } from "./sandbox.ts";

/** A folder for PATH in which `hive` and `git-hive` are the program as it was built. */
export function hiveOnPath(sandbox: Sandbox): string {
  return onPath(sandbox, ["hive", "git-hive"], `exec "${process.execPath}" "${MAIN}" "$@"`);
}

/** A folder for PATH in which these names are a shell script. */
export function onPath(sandbox: Sandbox, names: readonly string[], script: string, place = "bin"): string {
  const folder = sandbox.folder(place);
  for (const name of names) {
    writeFileSync(join(folder, name), `#!/bin/sh\n${script}\n`);
    chmodSync(join(folder, name), 0o755);
  }
  return folder;
}

/** What Claude Code runs when something happens. */
export function commandOf(event: string): string {
  const { hooks = [] } = (claude.hooks.events[event] ?? {}) as { hooks?: { command: string }[] };
  return hooks[0]?.command ?? "false";
}

/** A session of Claude Code on a machine of its own: it runs the hooks of its settings, and commands as its tool would. */
export class Agent {
  readonly machine: Machine;
  readonly project: string;
  readonly #session: string;
  readonly #env: Readonly<Record<string, string>>;
  /** All that its hooks told it. */
  readonly told: string[] = [];

  constructor(sandbox: Sandbox, name: string, env: Readonly<Record<string, string>> = {}) {
    this.machine = new Machine(sandbox, name);
    this.project = this.machine.directory;
    mkdirSync(join(this.project, ".git"));
    this.#session = `uuid-of-${name}`;
    this.#env = {
      PATH: `${hiveOnPath(sandbox)}:${process.env.PATH}`,
      CLAUDE_CODE_SESSION_ID: this.#session,
      ...env,
    };
  }

  /** Something happens to the session; what its hook told it, empty where it said nothing. Throws unless it ends well. */
  async hook(name: string, over: object = {}): Promise<string> {
    const event = { session_id: this.#session, cwd: this.project, hook_event_name: name, ...over };
    const ended = await this.run(commandOf(name), JSON.stringify(event));
    if (ended.code !== 0 || ended.err !== "")
      throw new Error(`${name} ended with ${ended.code}: ${ended.err}`);
    const said = ended.out === "" ? {} : (JSON.parse(ended.out) as Record<string, unknown>);
    const { additionalContext = "" } = (said.hookSpecificOutput ?? {}) as { additionalContext?: string };
    const text = additionalContext || String(said.reason ?? "");
    if (text !== "") this.told.push(text);
    return text;
  }

  /** Runs a line in the tool's shell. */
  run(line: string, input = ""): Promise<EndedProcess> {
    return this.machine.run("/bin/sh", ["-c", line], { env: this.#env, input });
  }

  /** Is told things by prompts, one after the other, until one of them says what is waited for. */
  async promptUntil(pattern: RegExp, until: number): Promise<RegExpExecArray> {
    while (Date.now() < until) {
      const found = pattern.exec(await this.hook("UserPromptSubmit", { prompt: "go on" }));
      if (found) return found;
    }
    throw new Error(`was never told ${pattern}, but ${JSON.stringify(this.told)}`);
  }
}
