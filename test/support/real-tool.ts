import type { ChildProcess } from "node:child_process";
import process from "node:process";
import { createInterface } from "node:readline";
import { hiveOnPath } from "./agent.ts";
import type { Machine } from "./processes.ts";
import type { Sandbox } from "./sandbox.ts";

/** Runs the lines that it is given in a shell each, several at once, as coding tools run hooks and commands. */
const PROGRAM = `
const { spawn } = require("node:child_process");
require("node:readline").createInterface({ input: process.stdin }).on("line", (line) => {
  const { id, script, input, env, cwd } = JSON.parse(line);
  const child = spawn("/bin/sh", ["-c", script], { env: { ...process.env, ...env }, cwd });
  let out = "";
  child.stdout.on("data", (chunk) => { out += chunk; });
  child.stderr.on("data", (chunk) => { out += chunk; });
  child.stdin.on("error", () => undefined).end(input);
  child.on("close", () => console.log(JSON.stringify({ id, out })));
});`;

/** A coding tool in a process of its own, which starts its hooks and its shells as children. */
export class RealTool {
  readonly #child: ChildProcess;
  readonly #waiting = new Map<number, (out: string) => void>();
  readonly #name: string;
  #count = 0;

  constructor(sandbox: Sandbox, machine: Machine, name = "claude", env: Record<string, string> = {}) {
    this.#name = name;
    const path = `${hiveOnPath(sandbox)}:${process.env.PATH}`;
    this.#child = machine.start(process.execPath, ["-e", PROGRAM], { PATH: path, ...env });
    const lines = createInterface({ input: this.#child.stdout as NodeJS.ReadableStream });
    lines.on("line", (line) => {
      const { id, out } = JSON.parse(line) as { id: number; out: string };
      this.#waiting.get(id)?.(out);
      this.#waiting.delete(id);
    });
    sandbox.atEnd(() => this.#child.kill("SIGKILL"));
  }

  /** Runs a line in a shell of the tool; what it printed. */
  run(script: string, input = "", env: Record<string, string> = {}, cwd?: string): Promise<string> {
    const id = this.#count++;
    this.#child.stdin?.write(`${JSON.stringify({ id, script, input, env, cwd })}\n`);
    return new Promise((resolve) => this.#waiting.set(id, resolve));
  }

  /** Something happens in a session; what the hook printed. */
  tell(event: string, session: string, over: object = {}, word = ""): Promise<string> {
    const fields = { session_id: session, sessionId: session, hook_event_name: event, ...over };
    const call = `git-hive hook ${this.#name}${word === "" ? "" : ` ${word}`}`;
    const hook = `command -v git-hive >/dev/null 2>&1 && ${call} || true`;
    return this.run(hook, JSON.stringify(fields));
  }

  /** Ends the tool at once, as no hook is told of. */
  kill(): Promise<void> {
    const ended = new Promise<void>((resolve) => this.#child.once("close", () => resolve()));
    this.#child.kill("SIGKILL");
    return ended;
  }
}
