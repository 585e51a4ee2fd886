import { spawnSync } from "node:child_process";
import { LineCounter, parseDocument } from "yaml";
import { PINS } from "./pins.ts";

interface Step {
  readonly uses?: string;
  readonly run?: string;
  readonly shell?: string;
  readonly with?: Readonly<Record<string, unknown>>;
}
interface Job {
  readonly permissions?: Readonly<Record<string, string>>;
  readonly "timeout-minutes"?: number;
  readonly "runs-on"?: string;
  readonly steps?: readonly Step[];
}
interface Workflow {
  readonly on?: Readonly<Record<string, unknown>>;
  readonly permissions?: unknown;
  readonly defaults?: { readonly run?: { readonly shell?: string } };
  readonly jobs?: Readonly<Record<string, Job>>;
}

/** Events whose runs hold secrets while they look at what strangers wrote, and what starts one after the other. */
const DANGEROUS_EVENTS = ["pull_request_target", "workflow_run"];

/** What each workflow may do at most, job by job. */
const MOST_RIGHTS: Readonly<Record<string, readonly string[]>> = {
  "ci.yml/verify": ["contents: read"],
  "ci.yml/long": ["contents: read"],
  "validate.yml/validate": ["contents: read"],
  "expire.yml/expire": ["contents: write"],
  "expire.yml/publish": ["contents: read", "issues: write"],
  "broadcast.yml/publish": ["contents: read", "issues: write"],
  "needs.yml/publish": ["contents: read", "issues: write"],
  "comment.yml/comment": ["contents: write", "issues: write"],
  "dashboard.yml/build": ["contents: read", "actions: read", "pages: read"],
  "dashboard.yml/deploy": ["pages: write", "id-token: write"],
};

/** What no linter says: everything in a workflow that could hand its rights to somebody. */
export function checkPolicy(name: string, text: string): string[] {
  const document = parseDocument(text, { lineCounter: new LineCounter() });
  const workflow = document.toJS() as Workflow;
  const jobs = Object.entries(workflow.jobs ?? {});
  return [
    ...document.errors.map(({ message }) => message),
    ...checkTriggers(workflow),
    ...(JSON.stringify(workflow.permissions) === "{}" ? [] : ["top-level permissions are not {}"]),
    ...(workflow.defaults?.run?.shell === "bash" ? [] : ["no default shell bash: a pipe could fail unseen"]),
    ...jobs.flatMap(([id, job]) => checkJob(`${name}/${id}`, job)),
    ...checkPins(text),
  ];
}

function checkTriggers({ on = {} }: Workflow): string[] {
  const crons = (on.schedule ?? []) as readonly { readonly cron: string }[];
  return [
    ...DANGEROUS_EVENTS.filter((event) => event in on).map((event) => `on: ${event}`),
    ...crons
      .filter(({ cron }) => !/^[1-9]?[1-9] /.test(cron))
      .map(({ cron }) => `cron at a busy minute: ${cron}`),
  ];
}

function checkJob(id: string, job: Job): string[] {
  const rights = Object.entries(job.permissions ?? {}).map(([scope, level]) => `${scope}: ${level}`);
  const isWriter = rights.some((right) => right.endsWith(": write"));
  return [
    ...(job.permissions === undefined ? ["no permissions of its own"] : []),
    ...rights.filter((right) => !MOST_RIGHTS[id]?.includes(right)).map((right) => `may ${right}`),
    ...(Number(job["timeout-minutes"]) <= 30 ? [] : ["no timeout"]),
    ...(/^ubuntu-\d\d\.\d\d$/.test(job["runs-on"] ?? "") ? [] : ["a runner that moves"]),
    ...(job.steps ?? []).flatMap((step) => checkStep(step, isWriter)),
  ].map((finding) => `${id}: ${finding}`);
}

/** One step, of a job or of a composite action. */
export function checkStep(
  { uses = "", run = "", shell, with: inputs = {} }: Step,
  isWriter: boolean,
): string[] {
  const [action = ""] = uses.split("@");
  const unknown = Object.keys(inputs).filter((input) => PINS[action] && !PINS[action].inputs.includes(input));
  return [
    ...(run.includes("${{") ? ["an expression inside run"] : []),
    ...(run === "" || parsesAsBash(run) ? [] : ["run is no bash"]),
    ...(shell === undefined || shell === "bash" ? [] : [`shell ${shell}`]),
    ...(action === "actions/checkout" && inputs["persist-credentials"] !== false
      ? ["credentials are kept"]
      : []),
    ...(action === "actions/setup-node" && isWriter && inputs["package-manager-cache"] !== false
      ? ["a cache in a job that writes"]
      : []),
    ...unknown.map((input) => `${action} takes no ${input}`),
  ];
}

/** Comments are gone once YAML is parsed, so the lines themselves are read. */
export function checkPins(text: string): string[] {
  return [...text.matchAll(/^.*\buses:\s*(.*)$/gm)].flatMap(([, used = ""]) => {
    const [, action = "", commit, release] =
      /^([\w.-]+\/[\w.-]+)@([0-9a-f]{40}) # (v\d+\.\d+\.\d+)$/.exec(used) ?? [];
    const pin = PINS[action];
    if (pin?.commit === commit && pin?.release === release && pin !== undefined) return [];
    return [`not pinned to a commit that is known: ${used}`];
  });
}

function parsesAsBash(script: string): boolean {
  return spawnSync("bash", ["-n"], { input: script }).status === 0;
}
