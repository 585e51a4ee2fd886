import { execFile, spawn } from "node:child_process";
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import process from "node:process";
import { text } from "node:stream/consumers";
import { promisify } from "node:util";
import { median, rotated } from "./statistics.ts";

/** CPU time of hooks against bare `node -e 0`, paired in each round. Usage: npm run bench:hook [-- --json] */

const ROUNDS = 25;
const HIVE = new URL("../../dist/main.cjs", import.meta.url).pathname;
const PRELOAD = new URL("report-cpu.cjs", import.meta.url).pathname;

const directory = await mkdtemp(join(tmpdir(), "hive-bench-"));
const [project, elsewhere] = [join(directory, "project"), join(directory, "elsewhere")];
await mkdir(project);
await mkdir(elsewhere);
const { NODE_EXTRA_CA_CERTS: _, CLAUDE_CODE_SESSION_ID: __, ...inherited } = process.env;
const env = { ...inherited, HOME: directory, HIVE_STATE_DIR: join(directory, "state") };

function event(name: string, session: string, cwd: string, over: object = {}): string {
  return JSON.stringify({ hook_event_name: name, session_id: session, cwd, ...over });
}

interface Case {
  readonly name: string;
  readonly input: string;
  /** A hook that comes to nothing has to cost next to nothing; the others are there to be known. */
  readonly reach?: number;
}

const QUIET: readonly Case[] = [
  { name: "no hub", reach: 1.25, input: event("SessionStart", "stranger", elsewhere) },
  { name: "not an event of ours", reach: 1.25, input: event("Notification", "one", project) },
  { name: "malformed", reach: 1.25, input: "{" },
  { name: "beat, throttled", reach: 1.25, input: event("PostToolUse", "one", project) },
  { name: "prompt, nothing new", reach: 1.25, input: event("UserPromptSubmit", "one", project) },
  { name: "stop, nothing new", reach: 1.25, input: event("Stop", "one", project) },
  { name: "edit, nothing claimed", reach: 1.25, input: event("PreToolUse", "one", project, edited()) },
];

const BUSY: readonly Case[] = [
  { name: "start", input: event("SessionStart", "two", project) },
  { name: "prompt, the hub has changed", input: event("UserPromptSubmit", "one", project) },
  { name: "edit, claimed by another", input: event("PreToolUse", "one", project, edited()) },
  { name: "beat", input: event("PostToolUse", "one", project) },
  { name: "the tool asks its user", input: event("PermissionRequest", "one", project, edited()) },
  { name: "stop, the hub has changed", input: event("Stop", "one", project) },
  { name: "end", input: event("SessionEnd", "two", project) },
];

function edited(): object {
  return { tool_name: "Edit", tool_input: { file_path: join(project, "a.ts") } };
}

const hive = (...argv: string[]) =>
  promisify(execFile)(process.execPath, [HIVE, ...argv], { env, cwd: project });
const hook = (input: string) => cpuTime([HIVE, "hook", "claude"], input);

await hive("init");
await hook(event("SessionStart", "one", project));
await hook(event("UserPromptSubmit", "one", project, { prompt: "Measure what a hook costs" }));
for (const { input } of QUIET) await hook(input);
const quiet = await measure(QUIET, async () => undefined);
await hive("register", "boss");
await hive("claim", "./a.ts", "--as", "boss");
await hook(event("PreToolUse", "one", project, edited()));
const busy = await measure(BUSY, forget);
await rm(directory, { recursive: true });

const report = [...quiet, ...busy];
if (process.argv.includes("--json")) process.stdout.write(`${JSON.stringify(report)}\n`);
else
  for (const { name, ratio, reach } of report)
    process.stdout.write(
      `${name.padEnd(28)} ${ratio.toFixed(2)} x bare node${reach === undefined ? "" : ` (reach ${reach})`}\n`,
    );

/** Median ratios of the cases to bare Node, both measured in each round. */
async function measure(cases: readonly Case[], before: () => Promise<void>) {
  const ratios = new Map(cases.map(({ name }) => [name, [] as number[]]));
  for (let round = 0; round < ROUNDS; round++) {
    const bare = await cpuTime(["-e", "0"], "");
    for (const { name, input } of rotated(cases, round)) {
      await before();
      ratios.get(name)?.push((await hook(input)) / bare);
    }
  }
  return cases.map(({ name, reach }) => ({ name, ratio: median(ratios.get(name) ?? []), reach }));
}

/** As if a while had passed, and others had written: no stamp is fresh, and the hub is not where it was last seen. */
async function forget(): Promise<void> {
  const state = join(directory, "state");
  await rm(join(state, "beats"), { recursive: true, force: true });
  for (const path of await readdir(join(state, "tools"), { recursive: true }))
    if (path.includes("memory/")) await changeMemory(join(state, "tools", path));
}

async function changeMemory(path: string): Promise<void> {
  const memory = JSON.parse(await readFile(path, "utf8"));
  await writeFile(path, JSON.stringify({ ...memory, shownAt: "", calmAt: "", unclaimedAt: "" }));
}

/** Microseconds of user and system time of one node process. */
async function cpuTime(argv: readonly string[], input: string): Promise<number> {
  const child = spawn(process.execPath, ["--require", PRELOAD, ...argv], {
    env,
    cwd: directory,
    stdio: ["pipe", "ignore", "inherit", "pipe"],
  });
  child.stdin?.on("error", () => undefined).end(input);
  const report = child.stdio[3];
  if (!report || !("read" in report)) throw new Error("no pipe to report on");
  const { user, system } = JSON.parse(await text(report as NodeJS.ReadableStream));
  return user + system;
}
