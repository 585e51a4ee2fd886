import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";
import { COMMANDS } from "../../src/cli/table.ts";
import { WORKFLOW_FILES } from "../../src/domain/maintenance/workflows/table.ts";
import { openSandbox } from "../support/git-sandbox.ts";
import { commentEvent } from "../support/github/events.ts";
import type { IssueRecord, Site } from "../support/github/records.ts";
import { ACCOUNTS } from "../support/github/server.ts";
import { commitByHand } from "../support/hand-commit.ts";
import { ROOT } from "../support/processes.ts";
import { installHook } from "../support/server-hook.ts";
import type { Contexts } from "../support/workflows/expressions.ts";
import { openWorkflowHub } from "../support/workflows/hub.ts";

const PUSH = { name: "push" } as const;
const CREATE = "POST /repos/{owner}/{repo}/issues";

/** All requests and answers must keep GitHub's contract, in every test. */
async function open() {
  const sandbox = openSandbox();
  const hub = await openWorkflowHub(sandbox);
  onTestFinished(() => expect(hub.github.violations).toEqual([]));
  return { sandbox, issues: hub.github.repository.issues, ...hub };
}

describe("broadcast.yml", () => {
  it("notifies only the configured users of an urgent broadcast, exactly once, though an answer is lost", async () => {
    const { github, issues, machine, run } = await open();
    await machine("session-1").print("broadcast", "@mallory Production is down, fixes #1", "urgent");
    github.faults.push({ on: CREATE, does: "dropped after" });
    expect(await run("broadcast.yml", PUSH)).toMatchObject({
      publish: { conclusion: "success", annotations: [] },
    });
    expect(await run("broadcast.yml", PUSH)).toMatchObject({ publish: { conclusion: "success" } });
    expect(issues).toMatchObject([
      {
        labels: ["broadcast", "priority:urgent"],
        assignees: ["ada-dev"],
        author: { login: "github-actions[bot]" },
      },
    ]);
    expect(github.repository.notified.sort()).toEqual(["ada-dev", "carl"]);
  });

  it("posts what earlier runs have not posted, not only what its own push brought", async () => {
    const { issues, machine, run } = await open();
    for (const text of ["One", "Two"]) await machine("session-1").print("broadcast", text);
    await run("broadcast.yml", PUSH);
    expect(issues).toHaveLength(2);
  });

  it("leaves one issue open when two runs post at the same time", async () => {
    const { issues, github, machine, run } = await open();
    await machine("session-1").print("broadcast", "Once");
    github.repository.beforeCreate = async () => void (await run("broadcast.yml", PUSH));
    expect(await run("broadcast.yml", PUSH)).toMatchObject({ publish: { conclusion: "success" } });
    expect(issues.map(({ state }) => state)).toEqual(["open", "closed"]);
  });

  it("runs no command and sends no workflow command from a message's text", async () => {
    const { issues, machine, run, sandbox } = await open();
    const text =
      'x"; touch pwned; echo "$(touch pwned)`touch pwned`\n::error::y\n##[add-mask]z\n::stop-commands::q';
    await machine("session-1").print("broadcast", text);
    await machine("session-1").print("broadcast", "::add-mask::hello ##[error]there");
    const { publish } = await run("broadcast.yml", PUSH);
    expect(publish).toMatchObject({ conclusion: "success", annotations: [] });
    expect(publish?.out).toContain("Posted: Broadcast from session-1: ");
    expect(
      readdirSync(sandbox.directory, { recursive: true }).filter((name) => String(name).includes("pwned")),
    ).toEqual([]);
    expect(issues).toHaveLength(2);
  });

  it.each([
    [
      "rights to write issues",
      (text: string) => text.replace("      issues: write\n", ""),
      /lacks the permission for this/,
    ],
    [
      "rights to read the hub",
      (text: string) => text.replace("      contents: read\n", ""),
      /access was denied/,
    ],
  ])("fails with a sentence when its token has no %s", async (_, change, sentence) => {
    const { issues, machine, run } = await open();
    await machine("session-1").print("broadcast", "Hello");
    const { publish } = await run("broadcast.yml", PUSH, change);
    expect(publish).toMatchObject({ conclusion: "failure", err: expect.stringMatching(sentence) });
    expect(issues).toEqual([]);
  });

  it("fails with an explanation when the repository has no issues", async () => {
    const { github, machine, run } = await open();
    github.repository.hasIssues = false;
    await machine("session-1").print("broadcast", "Hello");
    expect(await run("broadcast.yml", PUSH)).toMatchObject({
      publish: { conclusion: "failure", err: expect.stringContaining("Issues are disabled") },
    });
  });
});

describe("needs.yml", () => {
  const push = (...kinds: string[]) => ({
    ...PUSH,
    payload: { commits: kinds.map((kind) => ({ message: `${kind} x\n\nHive-Kind: ${kind}` })) },
  });

  it("shows who waits, after a push that is about that, and starts no runner for any other", async () => {
    const { issues, machine, run } = await open();
    await machine("session-1").print("needs", "Which port?");
    expect(await run("needs.yml", push("heartbeat", "register"))).toMatchObject({
      publish: { conclusion: "skipped" },
    });
    expect(issues).toEqual([]);
    expect(await run("needs.yml", push("heartbeat", "needs"))).toMatchObject({
      publish: { conclusion: "success" },
    });
    expect(issues).toMatchObject([{ title: "1 session waits for you" }]);
  });
});

describe("comment.yml", () => {
  /** An urgent request from session-2 to session-1, posted as an issue; and the run that a comment on it starts. */
  async function openRequest() {
    const opened = await open();
    const id = (
      await opened.machine("session-2").print("-q", "request", "session-1", "Disk full", "urgent")
    ).trim();
    await opened.run("broadcast.yml", PUSH);
    const issue = opened.issues[0] as IssueRecord;
    const say = (login: string, body: string) => {
      const comment = opened.github.repository.addComment(issue, { ...ACCOUNTS.stranger, login }, body);
      const payload = commentEvent(opened.github.repository.name, issue, comment);
      return opened.run("comment.yml", { name: "issue_comment", payload });
    };
    return { ...opened, id, issue, say };
  }

  it("lets the mapped user accept, shows it in the requester's inbox, and closes the issue of a completed request", async () => {
    const { id, issue, machine, path, sandbox, say } = await openRequest();
    expect(await say("ada-dev", "/accept")).toMatchObject({ comment: { conclusion: "success" } });
    expect(await machine("session-2").print("inbox")).toContain(`You asked session-1: ${id} is accepted`);
    expect((await sandbox.history(path)).at(-1)).toMatchObject({ kind: "accept", session: "session-1" });
    expect(issue.state).toBe("open");

    await say("ada-dev", "/complete https://github.com/team/app/pull/7");
    expect(issue).toMatchObject({ state: "closed", stateReason: "completed" });
    expect(await machine("session-2").print("inbox")).toContain("  | https://github.com/team/app/pull/7");
  });

  it("is not started by other comments, and answers unmapped users once", async () => {
    const { issue, path, sandbox, say } = await openRequest();
    const before = await sandbox.git(path, "rev-parse", "main");
    expect(await say("mallory", "Nice")).toMatchObject({ comment: { conclusion: "skipped" } });
    for (let times = 0; times < 2; times++)
      expect(await say("mallory", "/accept")).toMatchObject({ comment: { conclusion: "success" } });
    expect(issue.comments.filter(({ author }) => author.type === "Bot")).toHaveLength(1);
    expect(await sandbox.git(path, "rev-parse", "main")).toBe(before);
  });

  it("lands though the branch moves while it runs", async () => {
    const { git, id, machine, path, sandbox, say } = await openRequest();
    git.beforePush = () => commitByHand(sandbox, path, [{ path: "notes.txt", content: "moved" }]);
    expect(await say("ada-dev", "/accept")).toMatchObject({ comment: { conclusion: "success" } });
    expect(await machine("session-2").print("inbox")).toContain(`${id} is accepted`);
    expect(await sandbox.git(path, "show", "main:notes.txt")).toBe("moved");
  });

  it("lands once though the answer to its push is lost", async () => {
    const { git, path, sandbox, say } = await openRequest();
    git.dropAfter = 1;
    expect(await say("ada-dev", "/accept")).toMatchObject({ comment: { conclusion: "success" } });
    expect((await sandbox.history(path)).filter(({ kind }) => kind === "accept")).toHaveLength(1);
  });

  it("fails with an explanation if the branch is protected, and writes nothing on the issue", async () => {
    const { issue, path, say } = await openRequest();
    await installHook(
      path,
      "pre-receive",
      'echo "GH006: Protected branch update failed for main." >&2; exit 1',
    );
    const { comment } = await say("ada-dev", "/accept");
    expect(comment).toMatchObject({
      conclusion: "failure",
      err: expect.stringContaining("refused the push"),
    });
    expect(comment?.err).toContain("GH006");
    expect(issue.comments.filter(({ author }) => author.type === "Bot")).toEqual([]);
  });
});

/* These two run only if the commands exist. */
describe.runIf("validate" in COMMANDS)("validate.yml", () => {
  it("flags a heartbeat broken by plain git on its line, with a read-only token", async () => {
    const { machine, path, run, sandbox } = await open();
    const before = await sandbox.git(path, "rev-parse", "main");
    expect(await run("validate.yml", { ...PUSH, payload: { before } })).toMatchObject({
      validate: { conclusion: "success", annotations: [] },
    });
    await machine("session-1").print("heartbeat");
    const broken = '{\n  "session_id": "session-1",\n  "status": }\n';
    await commitByHand(sandbox, path, [{ path: "coordination/HEARTBEATS/session-1.json", content: broken }]);
    const { validate } = await run("validate.yml", { ...PUSH, payload: { before } });
    expect(validate?.conclusion).toBe("failure");
    expect(validate?.annotations).toContainEqual(
      expect.objectContaining({
        name: "error",
        properties: expect.objectContaining({ file: "coordination/HEARTBEATS/session-1.json", line: "3" }),
      }),
    );
    expect(validate?.summary).toContain("HEARTBEATS/session-1.json");
  });

  it("fails when the branch was rewritten, which later commits cannot show", async () => {
    const { path, run, sandbox } = await open();
    const payload = { before: await sandbox.git(path, "rev-parse", "main"), forced: true };
    const { validate } = await run("validate.yml", { ...PUSH, payload });
    expect(validate).toMatchObject({
      conclusion: "failure",
      annotations: [{ name: "error", data: expect.stringContaining(`is at ${payload.before}`) }],
    });
  });

  it("shows at most ten findings on their lines, and all of them in its summary", async () => {
    const { path, run, sandbox } = await open();
    const files = [...Array(25).keys()].map((number) => ({
      path: `coordination/HEARTBEATS/session-${number + 10}.json`,
      content: "{",
    }));
    await commitByHand(sandbox, path, files);
    const { validate } = await run("validate.yml", { name: "pull_request" });
    expect(validate?.annotations.filter(({ name }) => name === "error").length).toBeLessThanOrEqual(10);
    for (const { path: file } of files) expect(validate?.summary).toContain(file);
  });
});

describe.runIf("expire" in COMMANDS)("expire.yml", () => {
  it("marks a silent session offline, shows it in the log, and changes nothing the second time", async () => {
    const { path, run, sandbox } = await open();
    const silent = {
      session_id: "session-2",
      name: "",
      status: "active",
      last_heartbeat: "2026-01-31T12:00:00Z",
    };
    const content = JSON.stringify({ ...silent, capabilities_offered: [], current_work: "" });
    await commitByHand(sandbox, path, [{ path: "coordination/HEARTBEATS/session-2.json", content }]);
    expect(await run("expire.yml", { name: "schedule" })).toMatchObject({
      expire: { conclusion: "success", summary: expect.stringContaining("Enable workflow") },
      publish: { conclusion: "success" },
    });
    const history = await sandbox.history(path);
    expect(history.at(-1)).toMatchObject({ kind: "expire", session: "git-hive" });
    await run("expire.yml", { name: "schedule" });
    expect(await sandbox.history(path)).toHaveLength(history.length);
  });

  it("pushes nothing to a broken hub", async () => {
    const { path, run, sandbox } = await open();
    await commitByHand(sandbox, path, [{ path: "coordination/HEARTBEATS/session-2.json", content: "{" }]);
    const before = await sandbox.git(path, "rev-parse", "main");
    expect(await run("expire.yml", { name: "schedule" })).toMatchObject({
      expire: { conclusion: "failure" },
      publish: { conclusion: "skipped" },
    });
    expect(await sandbox.git(path, "rev-parse", "main")).toBe(before);
  });
});

describe("dashboard.yml", () => {
  const TEXT = "@mallory The secret plan ##[add-mask]x\n::error::y";

  /** A hub with a request that has a text, whose site is as given. */
  async function openSite(site?: Site) {
    const opened = await open();
    opened.github.repository.site = site;
    await opened.machine("session-2").print("request", "session-1", TEXT, "high");
    const publish = (contexts?: Contexts) => opened.run("dashboard.yml", PUSH, undefined, contexts);
    const fileOf = (name: string, file: string) =>
      readFileSync(join(opened.runner.artifacts.get(name) ?? "", file), "utf8");
    return { ...opened, publish, fileOf };
  }

  it("publishes the page and the badge without texts, and says who can see them", async () => {
    const { publish, runner, fileOf, git } = await openSite({ build_type: "workflow", public: true });
    const { build, deploy } = await publish();
    expect(build).toMatchObject({ conclusion: "success", annotations: [], out: "", err: "" });
    expect(deploy).toMatchObject({ conclusion: "success" });
    expect(readdirSync(runner.site ?? "").sort()).toEqual(["badge.svg", "index.html"]);
    const page = readFileSync(join(runner.site ?? "", "index.html"), "utf8");
    expect(page).toContain('"redacted":true');
    expect(fileOf("dashboard", "index.html")).toBe(page);
    expect(fileOf("dashboard", "badge.svg")).toContain("<title>git-hive: 2 alive, 1 open");
    expect(build?.summary).toMatch(
      /^Anybody on the internet can open the page\.\n\n<!-- git-hive dashboard -->/,
    );
    expect(build?.summary).toContain("### Open requests: 1");
    for (const text of [page, build?.summary ?? ""]) {
      expect(text).not.toMatch(/secret plan|mallory|ghs_|x-access-token/);
      expect(text).toContain(new URL(git.url("team/hub")).host);
    }
  });

  it("has the texts where a variable of the repository says so, and the runner obeys none of them", async () => {
    const { publish, fileOf } = await openSite({ build_type: "workflow", public: false });
    const { build } = await publish({ vars: { HIVE_DASHBOARD_TEXTS: "published" } });
    expect(build).toMatchObject({ conclusion: "success", annotations: [] });
    expect(build?.summary).toMatch(/^Whoever may read this repository can open the page\.\n/);
    expect(fileOf("github-pages", "index.html")).toContain("The secret plan");
    expect(build?.summary).toContain("`@ mallory The secret plan");
  });

  it.each<[string, Site | undefined]>([
    ["has no site", undefined],
    ["has a site of a branch", { build_type: "legacy", public: true }],
  ])("keeps the page as an artifact and passes where the repository %s", async (_, site) => {
    const { publish, runner } = await openSite(site);
    const { build, deploy } = await publish();
    const said = expect.stringMatching(/is only an artifact of this run\. To publish it: Settings, Pages/);
    expect(build).toMatchObject({ conclusion: "success", annotations: [{ name: "notice", data: said }] });
    expect(build?.summary).toEqual(said);
    expect(deploy).toMatchObject({ conclusion: "skipped" });
    expect([...runner.artifacts.keys()]).toEqual(["dashboard"]);
    expect(runner.site).toBeUndefined();
  });

  it.each([
    ["at once where it never succeeded", undefined, 0, 0],
    ["at once where the last run ended long ago", 301, 0, 0],
    ["as long as is left of the five minutes", 100, 190, 200],
    ["at most five minutes where clocks differ", -5000, 300, 300],
  ])("goes on %s", async (_, seconds, least, most) => {
    const { publish, github } = await openSite();
    const ended = new Date(Date.now() - (seconds ?? 0) * 1000).toISOString().replace(/\.\d+/, "");
    if (seconds !== undefined) github.repository.succeeded.set("dashboard.yml", ended);
    const { build } = await publish();
    expect(build?.conclusion).toBe("success");
    const slept = Number(/^slept (\d+)$/m.exec(build?.out ?? "")?.[1] ?? 0);
    expect(slept).toBeGreaterThanOrEqual(least);
    expect(slept).toBeLessThanOrEqual(most);
  });

  it.each(["contents", "actions", "pages"])(
    "fails and publishes nothing without the right to read %s",
    async (right) => {
      const { run, runner } = await openSite({ build_type: "workflow", public: true });
      const { build, deploy } = await run("dashboard.yml", PUSH, (text) =>
        text.replace(`      ${right}: read\n`, ""),
      );
      expect(build).toMatchObject({ conclusion: "failure" });
      expect(deploy).toMatchObject({ conclusion: "skipped" });
      expect(runner.site).toBeUndefined();
    },
  );
});

describe("the same workflows", () => {
  const home = WORKFLOW_FILES["broadcast.yml"]({ kind: "home", version: "1.2.3" });

  it.each([
    ["in git-hive's own repository, with what is built there", {}],
    ["called from another repository, with the version it asks for", { inputs: { version: "1.2.3" } }],
  ])("run %s", async (_, contexts) => {
    const { issues, machine, path, runner, sandbox } = await open();
    await machine("session-1").print("broadcast", "Hello");
    const sha = await sandbox.git(path, "rev-parse", "main");
    expect(await runner.run(home, { ...PUSH, sha }, contexts)).toMatchObject({
      publish: { conclusion: "success" },
    });
    expect(issues).toHaveLength(1);
  });
});

describe("the action", () => {
  const text = readFileSync(join(ROOT, ".github/actions/hive/action.yml"), "utf8");

  it("runs a command on this repository's hub, with a text that no shell reads", async () => {
    const { machine, path, runner, sandbox } = await open();
    const event = { ...PUSH, sha: await sandbox.git(path, "rev-parse", "main") };
    const said = '$(touch pwned) "; touch pwned; echo "\n::error::no';
    const inputs = { command: "broadcast - high", text: said, session: "session-1", version: "1.2.3" };
    const ran = await runner.runComposite(text, event, inputs, { contents: "write" });
    expect(ran).toMatchObject({ conclusion: "success", annotations: [] });
    expect(await machine("session-2").print("inbox")).toContain('  | $(touch pwned) "; touch pwned; echo "');
    expect(existsSync(join(sandbox.directory, "machines/job-1/workspace/pwned"))).toBe(false);
  });

  it.each(["inbox", "inbox --json", "log"])(
    "gives the runner no command that %s would show",
    async (command) => {
      const { machine, path, runner, sandbox } = await open();
      await machine("session-1").print("broadcast", "##[error]one\n::error::two\n##[add-mask]three");
      const event = { ...PUSH, sha: await sandbox.git(path, "rev-parse", "main") };
      const inputs = { command, session: "session-2", version: "1.2.3" };
      const ran = await runner.runComposite(text, event, inputs, { contents: "read" });
      expect(ran).toMatchObject({
        conclusion: "success",
        annotations: [],
        out: expect.stringContaining("one"),
      });
    },
  );
});
