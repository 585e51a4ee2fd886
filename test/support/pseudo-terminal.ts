import { type ChildProcess, execFileSync } from "node:child_process";
import { existsSync } from "node:fs";
import process from "node:process";
import { quoteForShell } from "../../src/domain/values/shell-quote.ts";
import { Emulator } from "./emulator.ts";
import { MAIN, type Machine } from "./processes.ts";

/** Whether this machine has `script` of util-linux, which gives a program a terminal. */
export const hasTerminals = process.platform === "linux" && existsSync("/usr/bin/script");

/** A program that runs on a terminal of its own, and what a user sees of it. */
export class PseudoTerminal {
  readonly emulator: Emulator;
  /** All that was written to the terminal. */
  output = "";
  readonly ended: Promise<void>;
  readonly #child: ChildProcess;
  #heard: () => void = () => undefined;
  #isEnded = false;

  /**
   * Runs hive on a machine, between two lines that say how the terminal is set: `set <state>`. Before it, `at` tells the
   * terminal's path, and `pid` the process.
   */
  constructor(machine: Machine, argv: readonly string[], columns: number, rows: number, env: object = {}) {
    this.emulator = new Emulator(columns, rows);
    const hive = [process.execPath, MAIN, ...argv].map(quoteForShell).join(" ");
    const line = [
      `stty rows ${rows} cols ${columns}`,
      "echo at $(tty)",
      "echo set $(stty -g)",
      `sh -c ${quoteForShell(`echo pid $$; exec ${hive}`)}`,
      "code=$?; echo; echo code $code",
      "echo set $(stty -g)",
    ].join("; ");
    const variables = { TERM: "xterm-256color", SHELL: "/bin/sh", ...env };
    this.#child = machine.start("script", ["-qfec", line, "/dev/null"], variables);
    this.#child.stdin?.on("error", () => undefined);
    this.#child.stdout?.setEncoding("utf8").on("data", (chunk: string) => {
      this.output += chunk;
      void this.emulator.write(chunk).then(() => this.#heard());
    });
    this.ended = new Promise((resolve) => {
      this.#child.once("close", () => {
        this.#isEnded = true;
        this.#heard();
        resolve();
      });
    });
  }

  /** Waits until the screen shows a text. Throws where the program ends before. */
  async shows(wanted: RegExp): Promise<void> {
    while (!wanted.test(this.emulator.text)) {
      if (this.#isEnded) throw new Error(`It ended without ${wanted}:\n${this.emulator.text}`);
      await new Promise<void>((resolve) => {
        this.#heard = resolve;
      });
    }
  }

  press(keys: string): void {
    this.#child.stdin?.write(keys);
  }

  resize(columns: number, rows: number): void {
    this.emulator.resize(columns, rows);
    execFileSync("stty", ["-F", this.#told("at"), "rows", String(rows), "cols", String(columns)]);
  }

  kill(signal: NodeJS.Signals): void {
    process.kill(Number(this.#told("pid")), signal);
  }

  /** Takes the terminal away. */
  hangUp(): void {
    this.#child.kill("SIGKILL");
  }

  get isRunning(): boolean {
    return existsSync(`/proc/${this.#told("pid")}`);
  }

  /** Ends all of it, also where the program did not. */
  close(): void {
    if (this.#isEnded) return;
    if (this.isRunning) this.kill("SIGKILL");
    this.#child.kill("SIGKILL");
  }

  /** How the terminal was set before the program, and after it. */
  get settings(): readonly (string | undefined)[] {
    return [...this.output.matchAll(/^set (\S+)/gm)].map(([, state]) => state);
  }

  get hasCursor(): boolean {
    return this.output.lastIndexOf("\u001b[?25h") > this.output.lastIndexOf("\u001b[?25l");
  }

  /** The program's exit code. */
  get code(): number {
    return Number(this.#told("code"));
  }

  #told(word: string): string {
    const told = new RegExp(`^${word} (\\S+)`, "m").exec(this.output)?.[1];
    if (told === undefined) throw new Error(`${word} was not told: ${JSON.stringify(this.output)}`);
    return told;
  }
}
