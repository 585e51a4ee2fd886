import { type ChildProcess, spawn } from "node:child_process";
import { mkdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { runHook } from "../../src/hook/run.ts";
import { Host } from "../../src/store/host/state-directory.ts";
import { hubName } from "../../src/store/hub/location.ts";
import { GivenNames } from "../../src/store/identity/given-names.ts";
import { Console } from "../support/console.ts";
import type { Sandbox } from "../support/sandbox.ts";

/** What happens: to which of the sessions, in which folder, and a number that an act may need. */
export interface Act {
  readonly kind: (typeof KINDS)[number];
  readonly session: number;
  readonly folder: number;
  readonly number: number;
}

const KINDS = [
  "start",
  "prompt",
  "beat",
  "clear",
  "resume",
  "fork",
  "end",
  "kill",
  "rename",
  "link",
] as const;

const small = fc.nat({ max: 2 });
export const ACTS = fc.array(
  fc.record({ kind: fc.constantFrom(...KINDS), session: small, folder: small, number: small }),
  {
    minLength: 4,
    maxLength: 14,
  },
);

/** A session of a tool, as this telling of the rules knows it. */
interface Known {
  id: string;
  process: ChildProcess | undefined;
  /** The folder in which it was first seen with a hub. */
  home: string | undefined;
}

/** Three folders, of which two have a hub, and sessions of a tool that move between them. */
export class Interleaving {
  readonly #sandbox: Sandbox;
  readonly #hubs: string[] = [];
  readonly #folders: string[] = [];
  /** The hub of each folder, and those that were ever chosen for it. */
  readonly #links = new Map<string, string>();
  readonly #chosen = new Map<string, Set<string>>();
  readonly #sessions: Known[] = [];
  readonly #ids = new Set<string>();
  #count = 0;

  private constructor(sandbox: Sandbox) {
    this.#sandbox = sandbox;
  }

  static async open(sandbox: Sandbox): Promise<Interleaving> {
    const made = new Interleaving(sandbox);
    for (const name of ["A", "B", "none"]) {
      const folder = sandbox.folder("projects", name);
      mkdirSync(join(folder, ".git"));
      made.#folders.push(folder);
      made.#sessions.push({ id: `s-${name}`, process: undefined, home: undefined });
    }
    for (const [index, name] of ["one", "two"].entries()) {
      const hub = await sandbox.bareHub(name);
      await made.#console(index).print("init", "--remote", hub);
      made.#hubs.push(hub);
      made.#choose(made.#folders[index] ?? "", hub);
    }
    return made;
  }

  /** Does what an act says, and throws where it wrote to a hub that was not chosen for the session. */
  async act({ kind, session: index, folder: at, number }: Act): Promise<void> {
    const session = this.#sessions[index % this.#sessions.length] as Known;
    const folder = this.#folders[at % this.#folders.length] ?? "";
    this.#sandbox.clock.now += 30_000;
    if (kind === "link") return this.#link(at % 2, number % 2);
    if (kind === "kill") return this.#kill(session);
    const before = await this.#tips();
    // The original of a copy may be told of, too: it was killed.
    const homes = [session.home ?? ""];
    await this.#happen(kind, session, folder, number);
    const allowed = new Set(
      [...homes, session.home ?? ""].flatMap((home) => [...(this.#chosen.get(home) ?? [])]),
    );
    const changed = (await this.#tips()).flatMap((tip, hub) =>
      tip === before[hub] ? [] : [this.#hubs[hub] ?? ""],
    );
    const wrong = changed.filter((hub) => !allowed.has(hub));
    if (wrong.length > 0) throw new Error(`${kind} of ${session.id} in ${folder} wrote to ${wrong}`);
  }

  async #happen(kind: Act["kind"], session: Known, folder: string, number: number): Promise<void> {
    if (kind === "start" && session.process === undefined) {
      session.process = await this.#newProcess();
      return this.#tell(session, folder, "SessionStart", { source: "startup" });
    }
    if (kind === "resume" || kind === "fork" || session.process === undefined) {
      await this.#kill(session);
      session.process = await this.#newProcess();
      await this.#tell(session, folder, "SessionStart", { source: "resume" });
      if (kind === "fork") {
        session.id = `s-${++this.#count}`;
        session.home = undefined;
      }
      return this.#tell(session, folder, "UserPromptSubmit", { prompt: "Mend the parser of the thing" });
    }
    if (kind === "beat") return this.#tell(session, folder, "PostToolUse", {});
    if (kind === "prompt" || kind === "start")
      return this.#tell(session, folder, "UserPromptSubmit", { prompt: "hi" });
    if (kind === "end") {
      await this.#tell(session, folder, "SessionEnd", { reason: "other" });
      return this.#kill(session);
    }
    if (kind === "clear") {
      await this.#tell(session, folder, "SessionEnd", { reason: "clear" });
      session.id = `s-${++this.#count}`;
      return this.#tell(session, folder, "SessionStart", { source: "clear" });
    }
    await this.#rename(session, folder, ["ann", "bob", "cid"][number] ?? "ann");
  }

  async #tell(session: Known, folder: string, name: string, over: object): Promise<void> {
    this.#ids.add(session.id);
    const comes =
      session.home === undefined &&
      this.#links.has(folder) &&
      name !== "SessionEnd" &&
      name !== "PostToolUse";
    const isResumed = (over as { source?: string }).source === "resume";
    if (comes && !isResumed) session.home = folder;
    const event = { session_id: session.id, cwd: folder, hook_event_name: name, ...over };
    const world = this.#world(session, folder, JSON.stringify(event));
    await runHook(["claude"], world);
    for (const [, ...words] of world.started) await runHook(words, this.#world(session, folder));
  }

  async #rename(session: Known, folder: string, name: string): Promise<void> {
    const world = this.#world(session, folder);
    const shell = new Console(this.#sandbox, {
      directory: folder,
      ancestors: world.ancestors,
      env: { CLAUDE_CODE_SESSION_ID: session.id },
    });
    if (session.home === undefined) return;
    await shell.run("register", name);
  }

  async #link(folder: number, hub: number): Promise<void> {
    const address = this.#hubs[hub] ?? "";
    await this.#console(folder).print("join", address);
    this.#choose(this.#folders[folder] ?? "", address);
  }

  #choose(folder: string, hub: string): void {
    this.#links.set(folder, hub);
    this.#chosen.set(folder, (this.#chosen.get(folder) ?? new Set()).add(hub));
  }

  async #kill(session: Known): Promise<void> {
    const { process } = session;
    session.process = undefined;
    if (process === undefined) return;
    const ended = new Promise((resolve) => process.once("close", resolve));
    process.kill("SIGKILL");
    await ended;
  }

  async #newProcess(): Promise<ChildProcess> {
    const child = spawn("sleep", ["600"], { stdio: "ignore" });
    this.#sandbox.atEnd(() => child.kill("SIGKILL"));
    await new Promise((resolve) => child.once("spawn", resolve));
    return child;
  }

  #world(session: Known, folder: string, input = "") {
    const pid = session.process?.pid ?? 0;
    const ancestor = { pid, start: startOf(pid), command: "claude" };
    return this.#sandbox.world({
      directory: folder,
      ancestors: () => (pid === 0 ? [] : [ancestor]),
      readInput: async () => input,
    });
  }

  #console(folder: number): Console {
    return new Console(this.#sandbox, { directory: this.#folders[folder] ?? "" });
  }

  #tips(): Promise<string[]> {
    return Promise.all(this.#hubs.map((hub) => this.#sandbox.git(hub, "rev-parse", "main")));
  }

  /** Throws where a live name has not exactly one session, or a session has not exactly one live name. */
  async check(): Promise<void> {
    const running = new Set(this.#sessions.flatMap(({ id, process }) => (process === undefined ? [] : [id])));
    const host = new Host(this.#sandbox.world().env, "");
    const live: string[] = [];
    for (const [index, hub] of this.#hubs.entries()) {
      const shell = this.#console(index).with({ env: { HIVE_HUB: hub } });
      const { sessions } = await shell.json<{ sessions: { id: string; status: string }[] }>("sync");
      const names = new GivenNames(host, hubName(host, { kind: "path", path: hub }));
      for (const { id, status } of sessions.filter((each) => each.status !== "offline")) {
        const owners = [...this.#ids].filter(
          (each) => names.find(`CLAUDE_CODE_SESSION_ID=${each}`)?.session === id,
        );
        if (owners.length !== 1)
          throw new Error(`${id} is ${status} for ${owners.length} sessions: ${owners}`);
        if (!running.has(owners[0] ?? ""))
          throw new Error(`${id} is ${status} for ${owners[0]}, which is dead`);
        live.push(owners[0] ?? "");
      }
    }
    if (new Set(live).size !== live.length) throw new Error(`a session has two live names: ${live}`);
  }
}

/** The start of a process, as the system tells it. */
function startOf(pid: number): string {
  if (pid === 0) return "";
  const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
  return stat.slice(stat.lastIndexOf(")") + 2).split(" ")[19] ?? "";
}
