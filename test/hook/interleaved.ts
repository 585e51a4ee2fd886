import { type ChildProcess, spawn } from "node:child_process";
import { readFileSync, renameSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { runHook } from "../../src/hook/run.ts";
import { Host } from "../../src/store/host/state-directory.ts";
import { hubName } from "../../src/store/hub/location.ts";
import { GivenNames } from "../../src/store/identity/given-names.ts";
import { ToolRecords } from "../../src/store/identity/tool-records.ts";
import { Console } from "../support/console.ts";
import type { Sandbox } from "../support/sandbox.ts";

/** What happens: to which of the sessions, in which project, and a number that an act may need. */
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
  "move",
  "swap",
  "remote",
] as const;

const small = fc.nat({ max: 2 });
export const ACTS = fc.array(
  fc.record({ kind: fc.constantFrom(...KINDS), session: small, folder: small, number: small }),
  {
    minLength: 4,
    maxLength: 16,
  },
);

/** A session of a tool, as this telling of the rules knows it. */
interface Known {
  id: string;
  process: ChildProcess | undefined;
  /** The project in which it was first seen with a hub. */
  home: Project | undefined;
}

/** A clone of one history, wherever it lies now. */
interface Project {
  folder: string;
  /** Its remotes, also the former ones: by them it may be taken for another clone. */
  readonly remotes: Set<string>;
  /** The hubs that were ever chosen for it. */
  readonly chosen: Set<string>;
}

/**
 * Three clones, of which two have a hub each, and sessions of a tool that move between them. The host joined another hub
 * first, which is chosen for none of them.
 */
export class Interleaving {
  readonly #sandbox: Sandbox;
  readonly #hubs: string[] = [];
  readonly #projects: Project[] = [];
  readonly #sessions: Known[] = [];
  readonly #ids = new Set<string>();
  #count = 0;

  private constructor(sandbox: Sandbox) {
    this.#sandbox = sandbox;
  }

  static async open(sandbox: Sandbox): Promise<Interleaving> {
    const made = new Interleaving(sandbox);
    for (const name of ["one", "two", "first"]) made.#hubs.push(await sandbox.bareHub(name));
    const other = new Console(sandbox, { directory: sandbox.folder("projects", "other") });
    await other.print("init", "--remote", made.#hubs[2] ?? "");
    const origin = sandbox.folder("projects", "origin");
    await sandbox.git(origin, "init", "--quiet");
    await sandbox.git(origin, "commit", "--quiet", "--allow-empty", "-m", "first");
    for (const name of ["A", "B", "C"]) {
      const folder = join(sandbox.folder("projects"), name);
      await sandbox.git(origin, "clone", "--quiet", origin, folder);
      const project = { folder, remotes: new Set<string>(), chosen: new Set<string>() };
      await made.#setRemote(project, `https://example.org/team/${name}.git`);
      made.#projects.push(project);
      made.#sessions.push({ id: `s-${name}`, process: undefined, home: undefined });
    }
    for (const index of [0, 1]) {
      const hub = made.#hubs[index] ?? "";
      await made.#console(made.#project(index)).print("init", "--remote", hub);
      made.#project(index).chosen.add(hub);
    }
    return made;
  }

  #project(index: number): Project {
    return this.#projects[index % this.#projects.length] as Project;
  }

  /** Does what an act says, and throws where it wrote to a hub that was not chosen for the session. */
  async act({ kind, session: index, folder: at, number }: Act): Promise<void> {
    const session = this.#sessions[index % this.#sessions.length] as Known;
    const project = this.#project(at);
    this.#sandbox.clock.now += 30_000;
    if (kind === "link") return this.#link(project, this.#hubs[number % 2] ?? "");
    if (kind === "move") return this.#move(project, `moved-${++this.#count}`);
    if (kind === "swap") return this.#swap(project, this.#project(number));
    if (kind === "remote") return this.#setRemote(project, `https://example.org/team/${"ABC"[number]}.git`);
    if (kind === "kill") return this.#kill(session);
    const before = await this.#tips();
    // The original of a copy may be told of, too: it was killed.
    const former = session.home;
    await this.#happen(kind, session, project, number);
    const allowed = [former, session.home].flatMap((home) => this.#chosenFor(home));
    const changed = (await this.#tips()).flatMap((tip, hub) =>
      tip === before[hub] ? [] : [this.#hubs[hub] ?? ""],
    );
    const wrong = changed.filter((hub) => !allowed.includes(hub));
    if (wrong.length > 0) throw new Error(`${kind} of ${session.id} in ${project.folder} wrote to ${wrong}`);
  }

  /** The hubs of a project, and of the clones that it may be taken for. */
  #chosenFor(project: Project | undefined): string[] {
    if (project === undefined) return [];
    const isAlike = ({ remotes }: Project) => [...remotes].some((each) => project.remotes.has(each));
    return [project, ...this.#projects.filter(isAlike)].flatMap(({ chosen }) => [...chosen]);
  }

  async #happen(kind: Act["kind"], session: Known, project: Project, number: number): Promise<void> {
    if (kind === "start" && session.process === undefined) {
      session.process = await this.#newProcess();
      return this.#tell(session, project, "SessionStart", { source: "startup" });
    }
    if (kind === "resume" || kind === "fork" || session.process === undefined) {
      await this.#kill(session);
      session.process = await this.#newProcess();
      await this.#tell(session, project, "SessionStart", { source: "resume" });
      if (kind === "fork") {
        session.id = `s-${++this.#count}`;
        session.home = undefined;
      }
      return this.#tell(session, project, "UserPromptSubmit", { prompt: "Mend the parser of the thing" });
    }
    if (kind === "beat") return this.#tell(session, project, "PostToolUse", {});
    if (kind === "prompt" || kind === "start")
      return this.#tell(session, project, "UserPromptSubmit", { prompt: "hi" });
    if (kind === "end") {
      await this.#tell(session, project, "SessionEnd", { reason: "other" });
      return this.#kill(session);
    }
    if (kind === "clear") {
      await this.#tell(session, project, "SessionEnd", { reason: "clear" });
      session.id = `s-${++this.#count}`;
      return this.#tell(session, project, "SessionStart", { source: "clear" });
    }
    await this.#rename(session, project, ["ann", "bob", "cid"][number] ?? "ann");
  }

  async #tell(session: Known, project: Project, name: string, over: object): Promise<void> {
    this.#ids.add(session.id);
    const event = { session_id: session.id, cwd: project.folder, hook_event_name: name, ...over };
    const world = this.#world(session, project, JSON.stringify(event));
    await runHook(["claude"], world);
    for (const [, ...words] of world.started) await runHook(words, this.#world(session, project));
    const records = new ToolRecords(new Host(world.env, world.home));
    if (records.find(`CLAUDE_CODE_SESSION_ID=${session.id}`) !== undefined) session.home ??= project;
  }

  async #rename(session: Known, project: Project, name: string): Promise<void> {
    if (session.home === undefined) return;
    const { ancestors } = this.#world(session, project);
    const env = { CLAUDE_CODE_SESSION_ID: session.id };
    await this.#console(project).with({ ancestors, env }).run("register", name);
  }

  async #link(project: Project, hub: string): Promise<void> {
    await this.#console(project).print("join", hub);
    project.chosen.add(hub);
  }

  #move(project: Project, name: string): void {
    const folder = join(this.#sandbox.folder("projects"), name);
    renameSync(project.folder, folder);
    project.folder = folder;
  }

  /** Each of two projects gets the other one's path. */
  #swap(one: Project, other: Project): void {
    const [here, there] = [one.folder, other.folder];
    if (here === there) return;
    this.#move(one, "away");
    renameSync(there, here);
    renameSync(one.folder, there);
    [one.folder, other.folder] = [there, here];
  }

  async #setRemote(project: Project, url: string): Promise<void> {
    await this.#sandbox.git(project.folder, "remote", "set-url", "origin", url);
    project.remotes.add(url);
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

  #world(session: Known, { folder }: Project, input = "") {
    const pid = session.process?.pid ?? 0;
    const ancestor = { pid, start: startOf(pid), command: "claude" };
    return this.#sandbox.world({
      directory: folder,
      ancestors: () => (pid === 0 ? [] : [ancestor]),
      readInput: async () => input,
    });
  }

  #console({ folder }: Pick<Project, "folder">): Console {
    return new Console(this.#sandbox, { directory: folder });
  }

  #tips(): Promise<string[]> {
    return Promise.all(this.#hubs.map((hub) => this.#sandbox.git(hub, "rev-parse", "main")));
  }

  /** Throws where a live name has not exactly one session, or a session has not exactly one live name. */
  async check(): Promise<void> {
    const running = new Set(this.#sessions.flatMap(({ id, process }) => (process === undefined ? [] : [id])));
    const host = new Host(this.#sandbox.world().env, "");
    const live: string[] = [];
    for (const hub of this.#hubs) {
      const shell = this.#console({ folder: this.#sandbox.directory }).with({ env: { HIVE_HUB: hub } });
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
