import { cp } from "node:fs/promises";
import { join } from "node:path";
import type { WorkflowFile } from "../../../src/domain/maintenance/workflows/table.ts";
import { aProfile } from "../builders.ts";
import { TEAM_SETTINGS } from "../github/hub.ts";
import { GitHubServer } from "../github/server.ts";
import { commitByHand } from "../hand-commit.ts";
import { type HttpHub, openHttpHub } from "../http-hub.ts";
import { Machine } from "../processes.ts";
import { Sandbox } from "../sandbox.ts";
import type { Contexts } from "./expressions.ts";
import { type JobRun, type WorkflowEvent, WorkflowRunner } from "./runner.ts";

const VERSION = "1.2.3";

/** A hub on a server of its own, with the workflows that `hive init --github` installs, and two sessions. */
export interface WorkflowHub {
  readonly path: string;
  readonly git: HttpHub;
  readonly github: GitHubServer;
  readonly runner: WorkflowRunner;
  /** The machine of a session, which reaches the hub over HTTP. */
  machine(session: string): Machine;
  /** The text of a workflow as the hub has it. */
  text(name: WorkflowFile): Promise<string>;
  /** Runs a workflow of the hub on its newest commit, as GitHub would when something has happened. */
  run(
    name: WorkflowFile,
    event: Omit<WorkflowEvent, "sha">,
    change?: (text: string) => string,
    contexts?: Contexts,
  ): Promise<Record<string, JobRun>>;
}

/** The hub as it was made in this process; a test gets a copy. It goes with the run's directory. */
let original: Promise<string> | undefined;

async function makeHub(): Promise<string> {
  const workshop = new Sandbox();
  const path = await workshop.bareHub();
  // Real processes look at this hub, whose clock is the real one.
  const hive = await workshop.hive(path, workshop.host("first", { now: Date.now }));
  const id = (name: string) => aProfile({ id: name }).id;
  await hive.submit("init", {}, id("git-hive"));
  await hive.submit("workflows", { version: VERSION, overwrite: false, dashboard: true }, id("git-hive"));
  for (const session of ["session-1", "session-2"]) await hive.submit("register", {}, id(session));
  return path;
}

export async function openWorkflowHub(sandbox: Sandbox, settings = TEAM_SETTINGS): Promise<WorkflowHub> {
  const path = join(sandbox.folder("hubs", "team"), "hub.git");
  original ??= makeHub();
  await cp(await original, path, { recursive: true });
  await commitByHand(sandbox, path, [{ path: "coordination/hive.yaml", content: settings }]);
  const git = await openHttpHub(sandbox);
  const github = await GitHubServer.open(sandbox, Date.now);
  const runner = new WorkflowRunner(sandbox, git, github, VERSION);
  const text = (name: WorkflowFile) => sandbox.git(path, "show", `main:.github/workflows/${name}`);
  return {
    path,
    git,
    github,
    runner,
    text,
    machine: (session) =>
      new Machine(sandbox, session, { HIVE_SESSION: session, HIVE_HUB: git.url("team/hub") }),
    run: async (name, event, change = (same) => same, contexts = {}) => {
      const sha = await sandbox.git(path, "rev-parse", "main");
      return runner.run(change(await text(name)), { ...event, sha, file: name }, contexts);
    },
  };
}
