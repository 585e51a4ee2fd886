import { execFile } from "node:child_process";
import { mkdir, mkdtemp, realpath } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import process from "node:process";
import { promisify } from "node:util";

/** Five sessions on five hosts coordinate through one bare Git repository, each command a process of its own. */

const run = promisify(execFile);
const HIVE = new URL("../dist/main.cjs", import.meta.url).pathname;

const SESSIONS = [
  ["session-1-dashboard", "Dashboard Builder", "Frontend/UI Development", "react,ui,visualization"],
  [
    "session-2-consciousness",
    "Consciousness Architect",
    "System Architecture",
    "architecture,coordination,memory-systems",
  ],
  [
    "session-3-coordinator",
    "Multi-Instance Coordinator",
    "Session Coordination",
    "coordination,messaging,optimization",
  ],
  [
    "session-4-deployment",
    "Deployment Engineer",
    "Deployment Automation",
    "deployment,devops,automation,security",
  ],
  [
    "session-5-orchestration",
    "Orchestration Builder",
    "AI Orchestration",
    "orchestration,ai-agents,autonomous,crewai",
  ],
] as const;

const directory = await realpath(await mkdtemp(join(tmpdir(), "git-hive-")));
const hub = join(directory, "hub.git");

await hive("session-1-dashboard", "init", "--remote", hub);
for (const [id, name, role, skills] of SESSIONS) {
  await hive(id, "join", hub);
  await hive(id, "register", id, "--name", name, "--role", role, "--skill", skills);
}
await hive("session-4-deployment", "heartbeat", "--work", "Pipeline for staging");
await hive("session-5-orchestration", "sync");
await hive("session-5-orchestration", "find-help", "deployment");
await hive("session-5-orchestration", "match", "Build a dashboard for the analytics service");
await hive(
  "session-5-orchestration",
  "request",
  "session-1-dashboard",
  "Need a UI for the analytics dashboard",
  "high",
);
await hive("session-1-dashboard", "inbox");
await hive("session-1-dashboard", "accept", "collab-", "-m", "Starting after lunch");
await hive("session-1-dashboard", "complete", "collab-", "-m", "Merged and deployed to staging");
await hive("session-5-orchestration", "broadcast", "The analytics dashboard is live on port 8005");
await hive("session-3-coordinator", "inbox");

await show("git", ["--git-dir", hub, "log", "--oneline"]);
print(`\nLook around:\n  git --git-dir ${hub} log --stat`);
print(`  git clone ${hub} && ls */coordination\n  the five hosts' own state: ${join(directory, "hosts")}\n`);

/** Runs one hive command as a session, on that session's own host. */
async function hive(session: string, ...argv: string[]): Promise<void> {
  const { NODE_EXTRA_CA_CERTS: _, ...inherited } = process.env;
  const home = join(directory, "hosts", session);
  await mkdir(home, { recursive: true });
  const env = { ...inherited, HOME: home, HIVE_STATE_DIR: join(home, "state"), HIVE_SESSION: session };
  print(`\n${session}$ hive ${argv.map(quote).join(" ")}`);
  const { stdout, stderr } = await run(process.execPath, [HIVE, ...argv], { env, cwd: home });
  process.stdout.write(stdout + stderr);
}

async function show(program: string, argv: string[]): Promise<void> {
  print(`\n$ ${program} ${argv.map(quote).join(" ")}`);
  process.stdout.write((await run(program, argv)).stdout);
}

function quote(word: string): string {
  return /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`;
}

function print(line: string): void {
  process.stdout.write(`${line}\n`);
}
