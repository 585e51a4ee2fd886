import { execFileSync } from "node:child_process";
import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { type Actor, print, Stage } from "./stage.ts";

/**
 * An afternoon of four sessions on two hosts that uses every command of git-hive: they set hours, ask, send messages,
 * claim and hand over, and one session goes offline before its work is done. At the end, `hive log` shows all of it.
 */

const stage = await Stage.open();
const as = (session: string, host: string, folder?: string): Actor => ({
  session,
  host,
  ...(folder === undefined ? {} : { folder }),
});
const [dashboard, api] = [as("session-1-dashboard", "laptop", "shop"), as("session-2-api", "laptop", "shop")];
const [deploy, docs] = [as("session-3-deploy", "server"), as("session-4-docs", "server")];
const hive = (actor: Actor, ...argv: string[]) => stage.hive(actor, ...argv);
const idIn = (text: string) => /collab-\d+-\w+/.exec(text)?.[0] ?? "collab-";
const messageIn = (text: string) => /\b[0-7][0-9A-HJKMNP-TV-Z]{25}\b/.exec(text)?.[0] ?? "";

chapter("Sessions register, and set their work and hours");
await makeProject(await stage.folder("laptop", "shop"));
await hive(dashboard, "init", "--remote", stage.hub);
await hive(deploy, "join", stage.hub);
await hive(dashboard, "register", dashboard.session, "--role", "Frontend", "--skill", "react,ui");
await hive(api, "register", api.session, "--role", "Backend", "--skill", "go,database");
await hive(deploy, "register", deploy.session, "--role", "Deployment", "--skill", "deployment,devops");
await hive(docs, "register", docs.session, "--role", "Documentation", "--skill", "writing");
await hive(dashboard, "whoami");
await hive(dashboard, "availability", "set", "Mon-Fri 09:00-18:00 Europe/Berlin");
await hive(docs, "availability", "--week", "--zone", "Europe/Berlin");
await hive(api, "status", "Order API, version 2", "--state", "active");
await hive(docs, "pause", "--for", "2s", "-m", "Lunch");
await hive(docs, "status", "Release notes", "--state", "active");
await hive(deploy, "sync");

chapter("A session needs help, and another session offers it");
await hive(api, "offer", "load testing", "-m", "staging only", "--for", "8h");
await hive(docs, "offer", "translation");
await hive(docs, "withdraw", "translation");
await hive(dashboard, "skills", "load testing");
await hive(dashboard, "find-help", "go");
await hive(dashboard, "match", "Deployment of the shop to staging");
const watching = await stage.start(api, "watch", "--session", deploy.session);
const need = idIn(
  await hive(dashboard, "need", "deployment", "Put the shop on staging", "high", "--for", "4h"),
);
const waiting = await stage.start(dashboard, "wait", "--for", need, "--timeout", "1m");
await hive(deploy, "inbox", "--mark-read");
await hive(deploy, "accept", need, "-m", "Within the hour");
await waiting();
await hive(docs, "accept", need);

chapter("Sessions send messages");
const asked = messageIn(
  await hive(deploy, "send", dashboard.session, "Which port does the shop use?", "--intent", "ask", "--json"),
);
await hive(dashboard, "inbox", "--mark-read");
await hive(dashboard, "reply", asked, "Port 8005");
await hive(deploy, "reply", asked, "Thanks", "--ack");
await hive(deploy, "thread", asked);
await hive(docs, "follow", "#release");
await hive(dashboard, "send", "#release", "The texts are final");
await hive(docs, "inbox");
await hive(docs, "mute", "#release");
await hive(api, "search", "port");

await watching("SIGINT");

chapter("Sessions claim files before they change them");
await hive(api, "claim", "src/api/**", "issue-42", "--for", "2h", "-m", "Version 2 of the orders");
await hive(dashboard, "claim", "src/api/routes.ts");
execFileSync("git", ["add", "src/api/routes.ts"], { cwd: await stage.folder("laptop", "shop") });
await hive(dashboard, "claims", "check", "--staged");
await hive(api, "renew", "issue-42", "--for", "3h");
await hive(docs, "claims");
await hive(docs, "claims", "--conflicts");

chapter("Sessions hand work over");
await hive(deploy, "start", need);
await hive(
  deploy,
  "handoff",
  api.session,
  "--request",
  need,
  "--done",
  "Image is built",
  "--tried",
  "Port 80: taken",
  "--next",
  "make deploy",
);
await hive(api, "accept", idIn(await hive(api, "inbox", "--json")));
await hive(api, "complete", need, "--evidence", "https://example.org/shop/pull/42");
const review = idIn(await hive(dashboard, "request", docs.session, "Review the release notes"));
await hive(docs, "accept", review);
const late = idIn(
  await hive(api, "request", docs.session, "Describe version 2 of the orders", "--for", "2d"),
);
await hive(docs, "decline", late, "-m", "Not before Monday");
const third = idIn(await hive(api, "request", deploy.session, "A second staging"));
await hive(api, "cancel", third, "-m", "Not needed any more");
await hive(api, "release", "issue-42");

chapter("A session goes offline, and another takes over its work");
await shortenDay();
await sleep(3000);
await hive(deploy, "heartbeat");
await hive(deploy, "takeover", docs.session);
await hive(deploy, "complete", review, "-m", "Two typos fixed");
await hive(deploy, "broadcast", "The shop is on staging, port 8005", "high");
await hive(deploy, "expire");

chapter("Results");
await hive(dashboard, "metrics", "--by", "session");
await hive(dashboard, "validate");
await hive(dashboard, "doctor");
await hive(dashboard, "log", "--limit", "100");
await stage.show("git", ["--git-dir", stage.hub, "log", "--oneline", "--author=^session-3-deploy <"]);
print(`\nLook around:\n  git clone ${stage.hub} && ls */coordination`);
print(`  the two hosts' own state: ${join(stage.directory, "hosts")}\n`);

function chapter(title: string): void {
  print(`\n\n## ${title}`);
}

/** Makes a project with a file that two sessions change. */
async function makeProject(path: string): Promise<void> {
  execFileSync("git", ["init", "--quiet", "--initial-branch=main", path]);
  mkdirSync(join(path, "src", "api"), { recursive: true });
  writeFileSync(join(path, "src", "api", "routes.ts"), "export const PORT = 8005;\n");
}

/** Edits the hub's settings by hand, as users do: a session becomes offline after two seconds. */
async function shortenDay(): Promise<void> {
  const clone = await stage.folder("laptop", "clone");
  rmSync(clone, { recursive: true });
  const git = (...argv: string[]) => execFileSync("git", argv, { cwd: clone, stdio: "ignore" });
  execFileSync("git", ["clone", "--quiet", stage.hub, clone]);
  writeFileSync(
    join(clone, "coordination", "hive.yaml"),
    "format: 1\nheartbeat:\n  throttle: 0s\n  window: 0s\n  alive_after: 1s\n  offline_after: 2s\n",
  );
  print("\n$ git commit -m 'Count a session as gone after two seconds' coordination/hive.yaml && git push");
  git(
    "-c",
    "user.name=Ada",
    "-c",
    "user.email=ada@example.org",
    "commit",
    "-qam",
    "Count a session as gone after two seconds",
  );
  git("push", "--quiet");
}
