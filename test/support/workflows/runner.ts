import { existsSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import process from "node:process";
import { parse } from "yaml";
import type { GitHubServer } from "../github/server.ts";
import type { HttpHub } from "../http-hub.ts";
import { type EndedProcess, Machine } from "../processes.ts";
import type { Sandbox } from "../sandbox.ts";
import { runAction } from "./actions.ts";
import { type Contexts, fill, isDue } from "./expressions.ts";
import { type RunnerCommand, readCommands } from "./runner-commands.ts";
import { installShims } from "./shims.ts";

type Variables = Readonly<Record<string, string>>;
type Table = Readonly<Record<string, unknown>>;

interface Step {
  readonly id?: string;
  readonly name?: string;
  readonly if?: unknown;
  readonly uses?: string;
  readonly run?: string;
  readonly shell?: string;
  readonly with?: Table;
  readonly env?: Table;
}
interface Job {
  readonly if?: unknown;
  readonly needs?: string | readonly string[];
  readonly permissions?: Readonly<Record<string, "read" | "write">>;
  readonly outputs?: Table;
  readonly steps: readonly Step[];
}
interface Workflow {
  readonly defaults?: { readonly run?: { readonly shell?: string } };
  readonly jobs: Readonly<Record<string, Job>>;
}

const JOB_KEYS = new Set([
  ...["if", "needs", "permissions", "outputs", "steps", "runs-on", "timeout-minutes"],
  // Only shown on the site.
  "environment",
]);
const STEP_KEYS = new Set(["id", "name", "if", "uses", "run", "shell", "with", "env"]);
/** What a step may print to the runner; others would mean that something commands it. */
const COMMANDS = new Set(["error", "warning", "notice", "group", "endgroup"]);

/** What happened in a repository, as GitHub tells its workflows. */
export interface WorkflowEvent {
  readonly name: "push" | "schedule" | "workflow_dispatch" | "issue_comment" | "pull_request";
  readonly payload?: object;
  readonly sha: string;
  /** The name of the workflow's file. */
  readonly file?: string;
}

/** How one job ended. */
export interface JobRun {
  readonly conclusion: "success" | "failure" | "skipped";
  readonly out: string;
  readonly err: string;
  readonly annotations: readonly RunnerCommand[];
  readonly summary: string;
  readonly outputs: Variables;
}

/**
 * Runs the steps of a workflow file as it is shipped: real bash, the built program, real git over HTTP, real requests
 * to the contract server. Only the hosted service and the actions of others are stand-ins. A job's token may do what
 * its permissions say and no more. What is not modelled throws: triggers, filters and groups are not looked at.
 */
export class WorkflowRunner {
  readonly #sandbox: Sandbox;
  readonly #git: HttpHub;
  readonly #github: GitHubServer;
  readonly #version: string;
  #jobs = 0;
  #kept = 0;
  /** What the last run uploaded, by name: each is a folder. */
  artifacts = new Map<string, string>();
  /** The folder that is the repository's site. */
  site: string | undefined;

  constructor(sandbox: Sandbox, git: HttpHub, github: GitHubServer, version: string) {
    this.#sandbox = sandbox;
    this.#git = git;
    this.#github = github;
    this.#version = version;
  }

  /** Runs every job in the order of the file, which is the order of their needs. */
  async run(text: string, event: WorkflowEvent, contexts: Contexts = {}): Promise<Record<string, JobRun>> {
    const workflow = parse(text) as Workflow;
    const runs: Record<string, JobRun> = {};
    this.artifacts = new Map();
    for (const [id, job] of Object.entries(workflow.jobs)) {
      const needed = [job.needs ?? []].flat().map((need) => runs[need]?.conclusion);
      const isGoingWell = needed.every((conclusion) => conclusion === "success");
      runs[id] = await this.#job(workflow, job, event, { ...contexts, needs: runs }, isGoingWell);
    }
    return runs;
  }

  /** Runs the steps of a composite action, as a step of a job with these rights would. */
  async runComposite(
    text: string,
    event: WorkflowEvent,
    inputs: Variables,
    permissions: Job["permissions"] = {},
  ) {
    const action = parse(text) as { inputs: Record<string, { default?: string }>; runs: { steps: Step[] } };
    const defaults = Object.entries(action.inputs).map(([name, input]) => [name, input.default ?? ""]);
    const job = { permissions, steps: action.runs.steps };
    const filled = (github: Contexts) =>
      Object.fromEntries(defaults.map(([name = "", value]) => [name, inputs[name] ?? fill(value, github)]));
    return this.#job({ jobs: {} }, job, event, {}, true, filled);
  }

  async #job(
    workflow: Workflow,
    job: Job,
    event: WorkflowEvent,
    given: Contexts,
    isReady: boolean,
    inputsOf?: (contexts: Contexts) => Variables,
  ): Promise<JobRun> {
    refuseUnknown(job, JOB_KEYS);
    const number = ++this.#jobs;
    const rights = job.permissions ?? {};
    const token = this.#issueToken(number, rights);
    const place = new Place(this.#sandbox, `job-${number}`, this.#version);
    const variables = this.#variables(place, event);
    const github = { ...contextOf(variables), token, event: event.payload ?? {}, sha: event.sha };
    const steps: Record<string, { outputs: Variables }> = {};
    const runner = { temp: variables.RUNNER_TEMP };
    const bare = { inputs: {}, secrets: {}, vars: {}, needs: {}, ...given, github, runner, steps };
    const contexts = inputsOf ? { ...bare, inputs: inputsOf(bare) } : bare;
    if (!isDue(job.if, contexts, isReady)) return { ...NOTHING, conclusion: "skipped" };
    const ends: EndedProcess[] = [];
    const shell = workflow.defaults?.run?.shell;
    for (const step of job.steps) {
      refuseUnknown(step, STEP_KEYS);
      const isGoingWell = ends.every(({ code }) => code === 0);
      if (!isDue(step.if, contexts, isGoingWell)) continue;
      const used = step.uses !== undefined && (await this.#use(step, place, contexts, event, token, rights));
      if (used === false) ends.push(await place.bash(step, step.shell ?? shell, variables, contexts));
      const outputs = used || place.takeOutputs();
      if (step.id !== undefined) steps[step.id] = { outputs };
    }
    const outputs = Object.entries(job.outputs ?? {}).map(([name, value]) => [name, fill(value, contexts)]);
    return { ...place.conclude(ends, token), outputs: Object.fromEntries(outputs) };
  }

  /** A token that may do on both servers what the job's permissions say; it changes every time, as GitHub's does. */
  #issueToken(number: number, permissions: NonNullable<Job["permissions"]>): string {
    const token = `ghs_${String(number).padStart(36, "x")}`;
    const { contents, issues, actions, pages, "id-token": identity, ...rest } = permissions;
    if (Object.keys(rest).length > 0)
      throw new Error(`not modelled: permissions ${Object.keys(rest).join(", ")}`);
    if (contents !== undefined)
      this.#git.visitors.set(`x-access-token:${token}`, contents === "write" ? "writes" : "reads");
    const bot = { login: "github-actions[bot]", type: "Bot", association: "NONE" } as const;
    const sees = { actions: actions !== undefined, pages: pages !== undefined };
    this.#github.accounts.set(token, { ...bot, mayWrite: issues === "write", seesTeams: false, sees });
    return token;
  }

  #variables(place: Place, { name, payload = {}, file = "workflow.yml" }: WorkflowEvent): Variables {
    const server = this.#git
      .url("", "")
      .replace(/\/\/@/, "//")
      .replace(/\/\.git$/, "");
    writeFileSync(place.file("event.json"), JSON.stringify(payload));
    return {
      CI: "true",
      GITHUB_ACTIONS: "true",
      GITHUB_WORKSPACE: place.workspace,
      GITHUB_EVENT_NAME: name,
      GITHUB_EVENT_PATH: place.file("event.json"),
      GITHUB_REF: "refs/heads/main",
      GITHUB_REPOSITORY: this.#github.repository.name,
      GITHUB_WORKFLOW_REF: `${this.#github.repository.name}/.github/workflows/${file}@refs/heads/main`,
      GITHUB_ACTOR: "somebody",
      GITHUB_API_URL: this.#github.url,
      GITHUB_SERVER_URL: server,
      GITHUB_RUN_ID: "1",
      GITHUB_STEP_SUMMARY: place.file("summary.md"),
      GITHUB_OUTPUT: place.file("output"),
      GITHUB_ENV: place.file("env"),
      GITHUB_PATH: place.file("path"),
      RUNNER_TEMP: place.file(""),
      RUNNER_OS: "Linux",
    };
  }

  #use(
    { uses = "", with: given = {} }: Step,
    place: Place,
    contexts: Contexts,
    { sha }: WorkflowEvent,
    token: string,
    rights: Variables,
  ) {
    const inputs = Object.fromEntries(
      Object.entries(given).map(([name, value]) => [name, fill(value, contexts)]),
    );
    const { workspace, machine } = place;
    const url = this.#git.url(this.#github.repository.name, "").replace("//@", "//");
    const run = (file: string, argv: readonly string[]) => machine.run(file, argv);
    const { artifacts } = this;
    const keep = (name: string) => this.#sandbox.folder("artifacts", String(++this.#kept), name);
    const publish = (folder: string) => {
      this.site = folder;
    };
    const where = { workspace, url, sha, token, rights };
    return runAction(uses, { inputs, ...where, artifacts, keep, publish, run });
  }
}

const NOTHING = { out: "", err: "", annotations: [], summary: "", outputs: {} } as const;

/** The machine that one job has for itself. */
class Place {
  readonly machine: Machine;
  readonly workspace: string;
  readonly #folder: string;
  readonly #shims: string;

  constructor(sandbox: Sandbox, name: string, version: string) {
    this.machine = new Machine(sandbox, name);
    this.workspace = sandbox.folder("machines", name, "workspace");
    this.#folder = sandbox.folder("machines", name, "runner");
    this.#shims = sandbox.folder("machines", name, "shims");
    installShims(this.#shims, version);
  }

  file(name: string): string {
    return join(this.#folder, name);
  }

  /** Runs a script as the runner does: in a file, by a bash that stops at the first failure. */
  async bash(
    step: Step,
    shell: string | undefined,
    variables: Variables,
    contexts: Contexts,
  ): Promise<EndedProcess> {
    if (shell !== "bash" || step.run?.includes("${{")) throw new Error(`not modelled: ${shell}: ${step.run}`);
    writeFileSync(this.file("step.sh"), step.run ?? "");
    const own = Object.entries(step.env ?? {}).map(([name, value]) => [name, fill(value, contexts)]);
    const PATH = `${this.#shims}:${process.env.PATH}`;
    const env = { ...variables, ...Object.fromEntries(own), PATH };
    const argv = ["--noprofile", "--norc", "-e", "-o", "pipefail", this.file("step.sh")];
    return this.machine.run("env", ["-C", this.workspace, "bash", ...argv], { env });
  }

  /** What a step said it found out, one line each. */
  takeOutputs(): Variables {
    if (!existsSync(this.file("output"))) return {};
    const lines = readFileSync(this.file("output"), "utf8").split("\n").filter(Boolean);
    rmSync(this.file("output"));
    const pairs = lines.map((line) => /^([\w-]+)=(.*)$/.exec(line));
    if (pairs.includes(null)) throw new Error(`not modelled: GITHUB_OUTPUT with ${lines.join()}`);
    return Object.fromEntries(pairs.map((pair) => [pair?.[1], pair?.[2]]));
  }

  conclude(ends: readonly EndedProcess[], token: string): Omit<JobRun, "outputs"> {
    const [out, err] = [ends.map((end) => end.out).join(""), ends.map((end) => end.err).join("")];
    const annotations = readCommands(`${out}\n${err}`);
    const foreign = annotations.filter(({ name }) => !COMMANDS.has(name));
    if (foreign.length > 0) throw new Error(`a step commands the runner: ${JSON.stringify(foreign)}`);
    if (`${out}${err}`.includes(token)) throw new Error("a step printed its token");
    for (const name of ["env", "path"])
      if (existsSync(this.file(name))) throw new Error(`not modelled: GITHUB_${name.toUpperCase()}`);
    const summary = existsSync(this.file("summary.md")) ? readFileSync(this.file("summary.md"), "utf8") : "";
    const conclusion = ends.every(({ code }) => code === 0) ? "success" : "failure";
    return { conclusion, out, err, annotations, summary };
  }
}

/** The `github` context as the variables have it. */
function contextOf(variables: Variables): Record<string, string> {
  const own = Object.entries(variables).filter(([name]) => name.startsWith("GITHUB_"));
  return Object.fromEntries(own.map(([name, value]) => [name.slice("GITHUB_".length).toLowerCase(), value]));
}

function refuseUnknown(value: object, known: ReadonlySet<string>): void {
  const unknown = Object.keys(value).filter((key) => !known.has(key));
  if (unknown.length > 0) throw new Error(`not modelled: ${unknown.join(", ")}`);
}
