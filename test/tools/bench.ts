import { randomUUID } from "node:crypto";
import type { EndedProcess } from "../support/processes.ts";
import type { Driver, Manner } from "./driver.ts";
import type { Call } from "./model/dialect.ts";
import type { Request } from "./model/model.ts";
import { type HookCall, Scene } from "./scene.ts";

/** One run of a tool with one prompt. */
export interface Run extends EndedProcess {
  /** What its turns sent to the model, oldest first. */
  readonly requests: readonly Request[];
  readonly hooks: readonly HookCall[];
}

/** A session as `hive sync --json` lists it. */
export interface Listed {
  readonly id: string;
  readonly presence: string;
  readonly current_work: string;
}

/** How long the process that tells the hub of an end may take. */
const DEPARTURE_TIMEOUT_MS = 15_000;

/** One tool in a scene of its own, set up as its user would. */
export class Bench {
  readonly scene: Scene;
  readonly driver: Driver;
  readonly #program: string;

  constructor(scene: Scene, driver: Driver, program: string) {
    this.scene = scene;
    this.driver = driver;
    this.#program = program;
  }

  static async open(driver: Driver, program: string): Promise<Bench> {
    const scene = await Scene.open();
    driver.prepare(scene);
    return new Bench(scene, driver, program);
  }

  /** Gives the tool a prompt on which the model makes these calls, and waits until the tool ends. */
  async ask(prompt: string, calls: readonly Call[], manner: Manner = {}): Promise<Run> {
    const { scene, driver } = this;
    scene.model.script(prompt, calls);
    const [asked, called] = [scene.model.requests.length, scene.hookCalls().length];
    const env = { ...driver.env(scene), ...manner.env };
    const ended = await scene.run(this.#program, driver.argv(prompt, manner, scene), env);
    if (ended.code !== 0 || ended.signal !== null)
      throw new Error(`${driver.title} ended with ${ended.code ?? ended.signal}: ${ended.out}${ended.err}`);
    const hooks = scene.hookCalls().slice(called);
    return { ...ended, requests: scene.model.requests.slice(asked), hooks };
  }

  /** Gives one process of the tool several prompts, each after the turn before it, and waits until the tool ends. */
  async converse(prompts: readonly string[]): Promise<Run> {
    const { scene, driver } = this;
    const { turns } = driver;
    if (turns === undefined) throw new Error(`${driver.title} takes one prompt`);
    const lines = prompts.map(turns.line);
    const ended = await scene.run(
      this.#program,
      turns.argv(scene),
      driver.env(scene),
      scene.project,
      (out) => {
        const done = out.split(turns.end).length - 1;
        return done < lines.length ? lines.slice(0, done + 1) : undefined;
      },
    );
    return { ...ended, requests: scene.model.requests, hooks: scene.hookCalls() };
  }

  /** Runs the tool's program for something else than a prompt. */
  async call(...argv: string[]): Promise<EndedProcess> {
    return this.scene.run(this.#program, argv, this.driver.env(this.scene));
  }

  /** The sessions of the hub besides the other one. */
  async sessions(): Promise<Listed[]> {
    const { sessions } = JSON.parse(await this.scene.hive("sync", "--json")) as { sessions: Listed[] };
    return sessions.filter(({ id }) => id !== "boss");
  }

  /** The same, as soon as none of them is online. The end of a session is told by a process that the tool does not wait for. */
  async sessionsAtRest(): Promise<Listed[]> {
    const until = Date.now() + DEPARTURE_TIMEOUT_MS;
    for (;;) {
      const sessions = await this.sessions();
      if (sessions.every(({ presence }) => presence === "offline") || Date.now() > until) return sessions;
    }
  }

  /** A text that nothing else has. */
  static mark(): string {
    return `mark ${randomUUID().slice(0, 8)}`;
  }
}
