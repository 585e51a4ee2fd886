import { runProgram } from "../../src/cli/program.ts";
import type { World } from "../../src/world.ts";
import type { Sandbox } from "./sandbox.ts";

/** What one command line came to. */
export interface Ran {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

type Over = Partial<Omit<World, "env">> & { readonly env?: Readonly<Record<string, string>> };

/** Runs command lines in this process, each in a world of its own on host `a`; `env` is added to the sandbox's. */
export class Console {
  readonly #sandbox: Sandbox;
  readonly #over: Over;

  constructor(sandbox: Sandbox, over: Over = {}) {
    this.#sandbox = sandbox;
    this.#over = over;
  }

  /** The same console with something else about it. */
  with({ env, ...over }: Over): Console {
    const both = { ...this.#over, ...over, env: { ...this.#over.env, ...env } };
    return new Console(this.#sandbox, both);
  }

  async run(...argv: string[]): Promise<Ran> {
    const { env, ...over } = this.#over;
    const world = this.#sandbox.world(over);
    const code = await runProgram(argv, { ...world, env: { ...world.env, ...env } });
    return { code, ...world.printed };
  }

  /** Runs a command that has to succeed; what it printed. */
  async print(...argv: string[]): Promise<string> {
    const { code, out, err } = await this.run(...argv);
    if (code !== 0) throw new Error(`${argv.join(" ")} ended with ${code}: ${err}`);
    return out;
  }

  /** Runs a command with --json that has to succeed; the one document it printed, and nothing else. */
  async json<Shape = unknown>(...argv: string[]): Promise<Shape> {
    const out = await this.print("--json", ...argv);
    if (!/^[^\n]+\n$/.test(out)) throw new Error(`not one document on one line: ${JSON.stringify(out)}`);
    return JSON.parse(out) as Shape;
  }
}

/** The error that a command with --json printed. */
export function errorOf({ err }: Pick<Ran, "err">): { code: string; message: string; hint: string } {
  const { error } = JSON.parse(err) as { error: { code: string; message: string; hint: string } };
  return error;
}
