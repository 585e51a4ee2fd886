import { type ChildProcess, spawn } from "node:child_process";
import { chmodSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import process from "node:process";
import { type EndedProcess, ended, MAIN, Machine } from "../support/processes.ts";
import { Sandbox } from "../support/sandbox.ts";
import { ScriptedModel } from "./model/model.ts";

/** How long one run of a tool may take: on a busy machine, opencode alone takes most of a minute to start. */
const RUN_TIMEOUT_MS = 170_000;

/** What a hook of a tool was told, and what it answered. */
export interface HookCall {
  /** The words after `hook`. */
  readonly words: string;
  readonly event: Readonly<Record<string, unknown>>;
  readonly answer: string;
}

/** A user with a clean home, one project with a hub, a scripted model, and another session of the same project elsewhere. */
export class Scene {
  readonly home: string;
  readonly project: string;
  readonly model: ScriptedModel;
  readonly sandbox: Sandbox;
  /** Another session, on another machine. */
  readonly peer: Machine;
  readonly #calls: string;
  readonly #bin: string;
  readonly #hub: string;

  private constructor(sandbox: Sandbox, model: ScriptedModel, hub: string) {
    this.sandbox = sandbox;
    this.model = model;
    this.home = sandbox.folder("user");
    this.project = sandbox.folder("user", "shop");
    this.peer = new Machine(sandbox, "peer");
    this.#hub = hub;
    this.#calls = sandbox.folder("calls");
    this.#bin = sandbox.folder("bin");
    for (const name of ["hive", "git-hive"]) this.#putOnPath(name);
  }

  static async open(): Promise<Scene> {
    const sandbox = new Sandbox();
    const model = await new ScriptedModel().start();
    sandbox.atEnd(() => model.close());
    const scene = new Scene(sandbox, model, await sandbox.bareHub());
    await scene.#begin();
    return scene;
  }

  async #begin(): Promise<void> {
    for (const folder of [this.project, this.peer.directory]) {
      await this.sandbox.git(folder, "init", "--quiet", "--initial-branch=main");
      await this.sandbox.git(folder, "remote", "add", "origin", "https://git.example.org/team/shop.git");
      mkdirSync(join(folder, "src"));
      writeFileSync(join(folder, "src", "orders.txt"), "one order\n");
      writeFileSync(join(folder, "src", "prices.txt"), "one price\n");
    }
    // Some tools run lines in a login shell, which would put its own PATH in place.
    this.write(".bash_profile", `export PATH="${this.variables.PATH}"\n`);
    await this.hive("init", "--remote", this.#hub);
    await this.peer.print("join", this.#hub);
    await this.peer.print("register", "boss", "--role", "the other one");
  }

  close(): Promise<void> {
    return this.sandbox.close();
  }

  /** A program on the PATH that is the built hive, and notes what its hooks are told and answer. */
  #putOnPath(name: string): void {
    const script = `#!/bin/sh
hive="${process.execPath} ${MAIN}"
[ -z "$HIVE_HOOK_PROBE" ] || exec $hive "$@"
case "$1 $2" in "hook exchange" | "hook leave") exec $hive "$@" ;; "hook "*) ;; *) exec $hive "$@" ;; esac
note=$(mktemp "${this.#calls}/$(date +%s%N).XXXXXX")
shift
printf '%s' "$*" > "$note.words"
cat > "$note.event"
$hive hook "$@" < "$note.event" | tee "$note.answer"
`;
    writeFileSync(join(this.#bin, name), script);
    chmodSync(join(this.#bin, name), 0o755);
  }

  /** What every program of the user has in its environment. */
  get variables(): Record<string, string> {
    const path = [this.#bin, dirname(process.execPath), "/usr/local/bin", "/usr/bin", "/bin"];
    return {
      PATH: path.join(":"),
      HOME: this.home,
      LANG: "C.UTF-8",
      TERM: "dumb",
      TMPDIR: this.sandbox.folder("tmp"),
      GIT_CONFIG_NOSYSTEM: "1",
      DO_NOT_TRACK: "1",
    };
  }

  /**
   * Runs a program of the user in the project, with nothing of this machine's environment. `linesAfter` says which lines
   * it has been given once it has printed so much; undefined ends its input.
   */
  async run(
    file: string,
    argv: readonly string[],
    env: Readonly<Record<string, string>> = {},
    directory = this.project,
    linesAfter?: (out: string) => readonly string[] | undefined,
  ): Promise<EndedProcess> {
    const variables = { ...this.variables, ...env };
    const child = spawn(file, argv, {
      cwd: directory,
      env: variables,
      detached: true,
      stdio: [linesAfter === undefined ? "ignore" : "pipe", "pipe", "pipe"],
    });
    if (linesAfter !== undefined) feed(child, linesAfter);
    const end = () => {
      try {
        // The child and what it started: they are a group of their own.
        process.kill(-(child.pid ?? Number.NaN), "SIGKILL");
      } catch {
        // All of them have ended.
      }
    };
    const timer = setTimeout(end, RUN_TIMEOUT_MS);
    this.sandbox.atEnd(end);
    try {
      return await ended(child);
    } finally {
      clearTimeout(timer);
    }
  }

  /** Runs hive as the user does in a shell; what it printed. Throws where it fails. */
  async hive(...argv: string[]): Promise<string> {
    const { code, out, err } = await this.run(join(this.#bin, "hive"), argv);
    if (code !== 0) throw new Error(`hive ${argv.join(" ")} ended with ${code}: ${err}`);
    return out;
  }

  /** A line for a shell in which the other session does something. */
  peerLine(...argv: string[]): string {
    const variables = Object.entries(this.peer.variables).map(([name, value]) => `${name}=${value}`);
    const quoted = ["env", "-i", ...variables, process.execPath, MAIN, ...argv].map(
      (word) => `'${word.replaceAll("'", "'\\''")}'`,
    );
    return `cd '${this.peer.directory}' && ${quoted.join(" ")}`;
  }

  /** What the hooks were told and answered so far, oldest first. */
  hookCalls(): HookCall[] {
    const notes = readdirSync(this.#calls).filter((name) => name.endsWith(".words"));
    return notes.sort().map((name) => {
      const read = (part: string) => {
        try {
          return readFileSync(join(this.#calls, name.replace(/words$/, part)), "utf8");
        } catch {
          return "";
        }
      };
      return { words: read("words"), event: JSON.parse(read("event") || "{}"), answer: read("answer") };
    });
  }

  write(path: string, text: string): string {
    const full = join(this.home, path);
    mkdirSync(dirname(full), { recursive: true });
    writeFileSync(full, text);
    return full;
  }

  read(path: string): string {
    return readFileSync(join(this.home, path), "utf8");
  }
}

/** Gives a program line after line, as what it prints asks for them. */
function feed(child: ChildProcess, linesAfter: (out: string) => readonly string[] | undefined): void {
  const { stdin, stdout } = child;
  let [out, given] = ["", 0];
  const next = () => {
    const lines = linesAfter(out);
    if (lines === undefined) stdin?.end();
    else for (const line of lines.slice(given)) stdin?.write(`${line}\n`);
    given = Math.max(given, lines?.length ?? 0);
  };
  stdin?.on("error", () => undefined);
  stdout?.on("data", (chunk: Buffer) => {
    out += chunk.toString();
    next();
  });
  next();
}
