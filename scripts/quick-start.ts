import { join } from "node:path";
import { print, Stage } from "./stage.ts";

/** Five sessions on five hosts coordinate through one bare Git repository. Each command is its own process. */

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

const stage = await Stage.open();
const { hub, directory } = stage;
const hive = (session: string, ...argv: string[]) => stage.hive({ session, host: session }, ...argv);

await hive("session-1-dashboard", "init", "--remote", hub);
for (const [id, name, role, skills] of SESSIONS) {
  await hive(id, "join", hub);
  await hive(id, "register", id, "--name", name, "--role", role, "--skill", skills);
}
await hive("session-4-deployment", "heartbeat", "--work", "Pipeline for staging");
await hive("session-5-orchestration", "sync");
await hive("session-5-orchestration", "find-help", "deployment");
await hive("session-5-orchestration", "match", "Build a dashboard for the analytics service");
const asked = await hive(
  "session-5-orchestration",
  "request",
  "session-1-dashboard",
  "Need a UI for the analytics dashboard",
  "high",
);
const [, request = ""] = /collab-\d+-(\w+)/.exec(asked) ?? [];
await hive("session-1-dashboard", "inbox");
await hive("session-1-dashboard", "accept", request, "-m", "Starting after lunch");
await hive("session-1-dashboard", "complete", request, "-m", "Merged and deployed to staging");
await hive("session-5-orchestration", "broadcast", "The analytics dashboard is live on port 8005");
await hive("session-3-coordinator", "inbox");

await hive("session-3-coordinator", "dashboard", "--out", join(directory, "dashboard.html"));

await stage.show("git", ["--git-dir", hub, "log", "--oneline"]);
print(`\nLook at it in a browser: ${join(directory, "dashboard.html")}`);
print(`In your own project: hive dashboard --open`);
print(`\nLook around:\n  git --git-dir ${hub} log --stat`);
print(`  git clone ${hub} && ls */coordination\n  the five hosts' own state: ${join(directory, "hosts")}\n`);
