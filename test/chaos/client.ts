import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Sandbox } from "../support/sandbox.ts";
import { type Call, type CallInput, microseconds, note, type Outcome, type ShownRequest } from "./call.ts";
import { type Death, type Ran, runDeadly } from "./process.ts";

/** One host: a state directory of its own, where sessions run the killable program. */
export class ChaosHost {
  readonly name: string;
  readonly state: string;
  /** What its clock is wrong by, in milliseconds. */
  clock = 0;
  /** Given with every command. */
  options: readonly string[] = [];
  readonly #program: string;
  readonly #start: { env: Readonly<Record<string, string | undefined>>; cwd: string };

  constructor(sandbox: Sandbox, name: string, program: string, hub: string) {
    this.name = name;
    this.state = join(sandbox.directory, "hosts", name);
    this.#program = program;
    this.#start = {
      env: { ...sandbox.env, HIVE_STATE_DIR: this.state, HIVE_HUB: hub },
      cwd: sandbox.folder("work", name),
    };
  }

  run(argv: readonly string[], death?: Death, ids?: string): Promise<Ran> {
    const env = { ...this.#start.env, HIVE_TEST_CLOCK: String(this.clock), HIVE_TEST_IDS: ids };
    return runDeadly([this.#program, ...argv, ...this.options, "--json"], { ...this.#start, env }, death);
  }

  /** Runs a command that has to succeed; the document it printed. */
  async json<Shape>(...argv: string[]): Promise<Shape> {
    const { code, out, err } = await this.run(argv);
    if (code !== 0) throw new Error(`hive ${argv.join(" ")} on ${this.name} ended with ${code}: ${err}`);
    return JSON.parse(out) as Shape;
  }

  /** Sends what waits on this host; how many operations wait after it. */
  async sync(): Promise<number> {
    return (await this.json<{ unsent: number }>("sync")).unsent;
  }
}

/** Somebody who runs one command after another as one session on one host, and writes down what was promised. */
export class Client {
  readonly name: string;
  readonly session: string;
  readonly host: ChaosHost;
  readonly #records: string;
  readonly #ids: string;
  #calls = 0;

  constructor(sandbox: Sandbox, name: string, session: string, host: ChaosHost) {
    this.name = name;
    this.session = session;
    this.host = host;
    this.#records = sandbox.folder("records");
    this.#ids = sandbox.folder("ids", name);
  }

  async call(input: CallInput, death?: Death): Promise<Call> {
    const begun = { client: this.name, session: this.session, input, began: microseconds() };
    note(this.#records, begun);
    const ids = join(this.#ids, String(this.#calls++));
    const ran = await this.host.run([...argvOf(input), "--as", this.session], death, ids);
    const call = { ...begun, ended: microseconds(), ops: idsIn(ids), ...readAnswer(ran) };
    note(this.#records, call);
    return call;
  }
}

/** The records that the clients of a sandbox keep. */
export function recordsOf(sandbox: Sandbox): string {
  return sandbox.folder("records");
}

function argvOf(input: CallInput): string[] {
  if (input.kind === "request") return ["request", input.to, input.text];
  if (input.kind === "broadcast") return ["broadcast", input.text];
  if (input.kind === "heartbeat") return ["heartbeat", "--work", input.text];
  return [input.kind, input.request, "-m", input.text];
}

/** What a process promised: by its answer if it gave one, even when it was killed after that; else by its exit code. */
function readAnswer({
  code,
  out,
  err,
  hung,
}: Ran): Partial<Call> & Pick<Call, "outcome" | "code" | "commit" | "collaboration" | "said"> {
  if (out.endsWith("\n")) {
    const { op, landed, commit, result } = JSON.parse(out) as Answer;
    const outcome = !landed ? "queued" : commit === undefined ? "nothing" : "landed";
    return { outcome, code, ops: [op], commit, collaboration: result?.collaboration };
  }
  const outcomes: Record<string, Outcome> = { null: hung ? "hung" : "killed", 3: "refused", 4: "queued" };
  return { outcome: outcomes[String(code)] ?? "failed", code, said: err };
}

interface Answer {
  readonly op: string;
  readonly landed: boolean;
  readonly commit?: string;
  readonly result?: { readonly collaboration?: ShownRequest };
}

function idsIn(path: string): string[] {
  try {
    return readFileSync(path, "utf8").split("\n").filter(Boolean);
  } catch {
    return [];
  }
}
