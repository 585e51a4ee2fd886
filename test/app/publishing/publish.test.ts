import { describe, expect, it, onTestFinished } from "vitest";
import type { PublishReport } from "../../../src/app/publishing/publish.ts";
import { encodeMessage } from "../../../src/domain/messages/write.ts";
import { aMessage } from "../../support/builders.ts";
import { errorOf } from "../../support/console.ts";
import { openSandbox } from "../../support/git-sandbox.ts";
import { type GitHubHub, openGitHubHub, TEAM_SETTINGS } from "../../support/github/hub.ts";
import { livePartsOf } from "../../support/github/markdown-oracle.ts";
import { ACCOUNTS, type Fault } from "../../support/github/server.ts";
import { commitByHand } from "../../support/hand-commit.ts";

const CREATE = "POST /repos/{owner}/{repo}/issues";
const LIST = "GET /repos/{owner}/{repo}/issues";

/** A hub and its server. At the end, every call must have kept the server's contract. */
async function open(settings?: string) {
  const sandbox = openSandbox();
  const opened = await openGitHubHub(sandbox, settings);
  onTestFinished(() => expect(opened.server.violations).toEqual([]));
  return { sandbox, ...opened, issues: opened.server.repository.issues };
}

function publish({ workflow }: Pick<GitHubHub, "workflow">): Promise<PublishReport> {
  return workflow.json<PublishReport>("publish");
}

describe("hive publish", () => {
  it("posts a broadcast as one labelled issue with a link to its file at its commit", async () => {
    const { as, hub, issues, sandbox, workflow } = await open();
    await as("session-1").print("broadcast", "New service on port 8005", "high");
    expect(await publish({ workflow })).toMatchObject({
      repository: "team/hub",
      posted: [{ issue: 1, notified: [] }],
    });

    const commit = (await sandbox.history(hub)).at(-1)?.commit;
    expect(issues).toMatchObject([
      {
        title: "[high] Broadcast from session-1: New service on port 8005",
        labels: ["broadcast", "priority:high"],
        assignees: [],
      },
    ]);
    expect(issues[0]?.body).toMatch(
      /^<!-- git-hive:broadcast v1 [0-9A-Z]{26} -->\n\*\*Broadcast\*\* from `session-1`/,
    );
    expect(issues[0]?.body).toContain("```text\nNew service on port 8005\n```");
    expect(livePartsOf(issues[0]?.body ?? "")).toEqual([
      expect.stringMatching(/^html <!-- git-hive:broadcast/),
      expect.stringMatching(
        new RegExp(
          `^link https://github\\.example/team/hub/blob/${commit}/coordination/MESSAGES/2026/01/31/`,
        ),
      ),
    ]);
  });

  it("posts nothing twice, and requests only the lists when all is posted", async () => {
    const { as, issues, sandbox, server, workflow } = await open();
    for (const text of ["One", "Two", "Three"]) {
      await as("session-1").print("broadcast", text);
      sandbox.clock.now += 1000;
    }
    expect((await publish({ workflow })).posted.map(({ title }) => title)).toEqual([
      "Broadcast from session-1: One",
      "Broadcast from session-1: Two",
      "Broadcast from session-1: Three",
    ]);
    server.requests.length = 0;
    expect(await workflow.print("publish")).toBe("Nothing to post: team/hub is up to date.\n");
    expect(issues).toHaveLength(3);
    expect(server.requests).toEqual([LIST, LIST]);
  });

  it("does not post an issue again that a person closed", async () => {
    const { as, issues, workflow } = await open();
    await as("session-1").print("broadcast", "Done soon");
    await publish({ workflow });
    Object.assign(issues[0] ?? {}, { state: "closed" });
    expect((await publish({ workflow })).posted).toEqual([]);
  });

  it("reports with --dry-run, without a token, what it would do, and posts nothing", async () => {
    const { as, issues, server, workflow } = await open();
    await as("session-1").print("broadcast", "Soon");
    const dry = workflow.with({ env: { GITHUB_TOKEN: "" } });
    expect(await dry.print("publish", "--dry-run")).toBe("Would post: Broadcast from session-1: Soon\n");
    expect(await dry.run("publish")).toMatchObject({
      code: 2,
      err: expect.stringContaining("needs a token"),
    });
    expect(issues).toEqual([]);
    expect(server.requests).toEqual([LIST, LIST]);
  });

  it("writes a second apart, as GitHub asks", async () => {
    const { as, sandbox, workflow } = await open();
    for (const text of ["One", "Two", "Three"]) await as("session-1").print("broadcast", text);
    const before = sandbox.clock.now;
    await publish({ workflow });
    expect(sandbox.clock.now - before).toBe(2000);
  });

  it("finds its issues among hundreds of issues and pull requests", async () => {
    const { as, issues, server, workflow } = await open();
    await as("session-1").print("broadcast", "Once");
    for (let number = 0; number < 230; number++) server.repository.add(ACCOUNTS["owner-token"]);
    await publish({ workflow });
    expect((await publish({ workflow })).posted).toEqual([]);
    expect(issues).toHaveLength(231);
    expect(server.count(LIST)).toBe(2 * 4 + 4);
  });

  it("leaves out messages that are older than the settings allow", async () => {
    const { as, sandbox, workflow } = await open();
    await as("session-1").print("broadcast", "Old news");
    sandbox.clock.now += 8 * 86_400_000;
    expect((await publish({ workflow })).posted).toEqual([]);
  });

  it("does not post messages to one session", async () => {
    const { as, workflow } = await open();
    await as("session-1").print("request", "session-2", "Please look", "high");
    expect((await publish({ workflow })).posted).toEqual([]);
  });

  it("takes the repository from the hub's address by default", async () => {
    const { workflow } = await open();
    const lost = workflow.with({ env: { GITHUB_REPOSITORY: "" } });
    expect(await lost.run("publish")).toMatchObject({
      code: 2,
      err: expect.stringContaining("--repo owner/name"),
    });
    expect(await lost.run("publish", "--repo", "team/hub")).toMatchObject({ code: 0 });
    expect(await lost.run("publish", "--repo", "../hub")).toMatchObject({ code: 2 });
  });
});

describe("an urgent broadcast", () => {
  it("notifies the accounts in the settings, in a separate line, and no account in its text", async () => {
    const { as, issues, server, workflow } = await open();
    await as("session-1").print("broadcast", "@mallory @team/on-call production is down, fixes #1", "urgent");
    const { posted } = await publish({ workflow });
    expect(posted).toMatchObject([{ notified: ["ada-dev", "carl"] }]);
    expect(issues[0]?.assignees).toEqual(["ada-dev"]);
    expect(issues[0]?.body.split("\n").at(-1)).toBe("Notified, as this hub's settings say: @ada-dev @carl");
    expect(new Set(server.repository.notified)).toEqual(new Set(["ada-dev", "carl"]));
  });

  it("is posted without notifications above the hourly limit", async () => {
    const { as, issues, sandbox, server, workflow } = await open(
      TEAM_SETTINGS.replace("per_hour: 6", "per_hour: 2"),
    );
    for (const text of ["One", "Two", "Three"]) await as("session-1").print("broadcast", text, "urgent");
    expect((await publish({ workflow })).posted.map(({ notified }) => notified.length)).toEqual([2, 2, 0]);
    expect(issues[2]).toMatchObject({ assignees: [], labels: ["broadcast", "priority:urgent"] });
    expect(issues[2]?.body).toMatch(/No user is notified: more than 2 urgent issues within an hour\.$/);
    server.repository.notified.length = 0;

    await as("session-1").print("broadcast", "Four", "urgent");
    await publish({ workflow });
    expect(server.repository.notified).toEqual([]);
    sandbox.clock.now += 3_700_000;
    await as("session-1").print("broadcast", "Five", "urgent");
    await publish({ workflow });
    expect(new Set(server.repository.notified)).toEqual(new Set(["ada-dev", "carl"]));
  });

  it("is not silenced by a text that imitates a notification", async () => {
    const { as, workflow } = await open(TEAM_SETTINGS.replace("per_hour: 6", "per_hour: 1"));
    await as("session-1").print("broadcast", "x\n\nNotified, as this hub's settings say: @ada-dev");
    await publish({ workflow });
    await as("session-1").print("broadcast", "Real", "urgent");
    expect((await publish({ workflow })).posted).toMatchObject([{ notified: ["ada-dev", "carl"] }]);
  });

  it("notifies a team only with a token that can read the team", async () => {
    const settings = TEAM_SETTINGS.replace("teams: []  ", "teams: [team/on-call]");
    const { as, server, workflow } = await open(settings);
    await as("session-1").print("broadcast", "One", "urgent");
    const plain = await workflow.run("publish");
    expect(plain.err).toContain("Team team/on-call was not notified.");
    expect(server.repository.notified).not.toContain("team/on-call");

    await as("session-1").print("broadcast", "Two", "urgent");
    await workflow.with({ env: { HIVE_GITHUB_TOKEN: "app-token" } }).print("publish");
    expect(server.repository.notified).toContain("team/on-call");
  });

  it("is posted although an account in the settings can no longer be assigned", async () => {
    const { as, issues, server, workflow } = await open();
    await as("session-1").print("broadcast", "Down", "urgent");
    server.repository.beforeCreate = async () => server.repository.assignable.clear();
    expect((await publish({ workflow })).posted).toHaveLength(1);
    expect(issues).toMatchObject([{ assignees: [] }]);
  });

  it("is not posted while the settings cannot be read, because they name the accounts to notify", async () => {
    const { as, issues, workflow } = await open("notify: { urgent: { users: [not/a/user] } }\n");
    await as("session-2").run("broadcast", "Down", "urgent");
    expect(await workflow.run("publish")).toMatchObject({
      code: 5,
      err: expect.stringContaining("hive.yaml"),
    });
    expect(issues).toEqual([]);
  });
});

describe("when something goes wrong on the way", () => {
  const FAULTS: readonly (readonly [string, readonly Fault["does"][]])[] = [
    ["the answer is lost after the issue was made", ["dropped after"]],
    ["the connection breaks before anything was made", ["dropped before"]],
    ["a gateway fails", ["502"]],
    ["a gateway fails after the issue was made", ["502 after"]],
    ["GitHub limits the rate", ["secondary limit"]],
    ["several faults follow each other", ["secondary limit", "502", "dropped after"]],
  ];

  it.each(FAULTS)("and %s, there is exactly one issue", async (_, faults) => {
    const { as, issues, server, workflow } = await open();
    await as("session-1").print("broadcast", "Production is down", "urgent");
    server.faults.push(...faults.map((does) => ({ on: CREATE, does })));
    expect((await publish({ workflow })).posted).toMatchObject([{ issue: 1 }]);
    await publish({ workflow });
    expect(issues).toHaveLength(1);
    expect(server.repository.notified.sort()).toEqual(["ada-dev", "carl"]);
  });

  it("and a list fails, it is requested again", async () => {
    const { as, issues, server, workflow } = await open();
    await as("session-1").print("broadcast", "One");
    server.faults.push({ on: LIST, does: "502" }, { on: LIST, does: "dropped after" });
    await publish({ workflow });
    expect(issues).toHaveLength(1);
  });

  it("and GitHub stays unreachable, it says so, and a later run finds the created issues", async () => {
    const { as, issues, server, workflow } = await open();
    await as("session-1").print("broadcast", "One");
    server.faults.push({ on: CREATE, does: "dropped after" });
    for (let times = 0; times < 3; times++) server.faults.push({ on: LIST, does: "502" });
    // The first two lists succeed. The faults hit the list after the lost reply.
    server.repository.beforeCreate = undefined;
    const ran = await workflow.run("--json", "publish");
    expect(ran.code).toBe(1);
    expect(errorOf(ran)).toMatchObject({
      code: "github_unanswered",
      hint: expect.stringContaining("not posted twice"),
    });
    server.faults.length = 0;
    await publish({ workflow });
    expect(issues).toHaveLength(1);
  });

  it("and one issue is rejected, the others are posted, and the command fails at the end", async () => {
    const { as, issues, sandbox, server, workflow } = await open();
    for (const text of ["One", "Two"]) {
      await as("session-1").print("broadcast", text);
      sandbox.clock.now += 1000;
    }
    server.faults.push({ on: CREATE, does: "rejected" });
    const ran = await workflow.run("--json", "publish");
    expect(ran.code).toBe(1);
    expect(errorOf(ran)).toMatchObject({ code: "github_rejected" });
    expect(issues.map(({ title }) => title)).toEqual(["Broadcast from session-1: Two"]);
    await publish({ workflow });
    expect(issues).toHaveLength(2);
  });

  it("and the user interrupts it while it waits, it says that nothing is lost", async () => {
    const { as, server, workflow } = await open();
    await as("session-1").print("broadcast", "One");
    server.faults.push({ on: CREATE, does: "secondary limit" });
    const ran = await workflow.with({ sleep: async () => "interrupted" }).run("--json", "publish");
    expect(errorOf(ran)).toMatchObject({
      code: "interrupted",
      hint: expect.stringContaining("not posted twice"),
    });
  });

  const REFUSALS = [
    [
      "github_token",
      "a token that is none",
      (hub: GitHubHub) => hub.workflow.with({ env: { GITHUB_TOKEN: "old" } }),
    ],
    [
      "github_rights",
      "a token without rights",
      (hub: GitHubHub) => hub.workflow.with({ env: hub.server.env("read-token") }),
    ],
    [
      "github_no_issues",
      "issues that are switched off",
      (hub: GitHubHub) => {
        hub.server.repository.hasIssues = false;
        return hub.workflow;
      },
    ],
    [
      "github_limited",
      "an hour's limit that is used up",
      (hub: GitHubHub) => {
        hub.server.faults.push({ on: CREATE, does: "primary limit" });
        return hub.workflow;
      },
    ],
    [
      "github_not_found",
      "a repository that is not there",
      (hub: GitHubHub) => hub.workflow.with({ env: { GITHUB_REPOSITORY: "team/gone" } }),
    ],
  ] as const;

  it.each(REFUSALS)("it fails clearly (%s) at %s, and posts nothing", async (code, _, prepare) => {
    const opened = await open();
    await opened.as("session-1").print("broadcast", "Down", "urgent");
    const ran = await prepare(opened).run("--json", "publish");
    expect(ran.code).toBe(1);
    expect(errorOf(ran)).toMatchObject({ code, hint: expect.stringMatching(/\S/) });
    expect(ran.err).not.toContain("-token");
    expect(opened.issues).toEqual([]);
  });

  it("two runs at once leave one issue open, and the other closed as its duplicate", async () => {
    const { as, issues, server, workflow } = await open();
    await as("session-1").print("broadcast", "Down", "urgent");
    server.repository.beforeCreate = async () => void (await publish({ workflow }));
    await publish({ workflow });
    expect(issues).toMatchObject([
      { state: "open" },
      {
        state: "closed",
        stateReason: "duplicate",
        comments: [{ body: expect.stringContaining("Duplicate of #1") }],
      },
    ]);
    await publish({ workflow });
    expect(issues.flatMap(({ comments }) => comments)).toHaveLength(1);
  });
});

describe("hostile texts", () => {
  it("cannot pretend to be posted: a mark counts only in the first line of an issue by a member", async () => {
    const { as, issues, server, workflow } = await open();
    const id = (await as("session-1").print("-q", "broadcast", "Real")).trim();
    const mark = `<!-- git-hive:broadcast v1 ${id} -->`;
    server.repository.add(ACCOUNTS.stranger, { body: `${mark}\nforged` });
    server.repository.add(ACCOUNTS["owner-token"], { body: `About ${mark}` });
    server.repository.add(ACCOUNTS["owner-token"], { body: `${mark} and more` });
    server.repository.add(ACCOUNTS["owner-token"], { body: `It said:\n${mark}\nbut did it?` });
    server.repository.add(ACCOUNTS["bot-token"], { body: mark, isPullRequest: true });
    await as("session-1").print("broadcast", `${mark}\nforged in a text`);
    expect((await publish({ workflow })).posted).toHaveLength(2);
    expect((await publish({ workflow })).posted).toEqual([]);
    expect(issues.filter(({ state }) => state === "open")).toHaveLength(7);
  });

  it("are found again although a person posted them by hand", async () => {
    const { as, server, workflow } = await open();
    await as("session-1").print("broadcast", "By hand");
    await workflow.with({ env: server.env("owner-token") }).print("publish");
    expect((await publish({ workflow })).posted).toEqual([]);
  });

  it.each(["`", "\u{e0001}", "@"])(
    "are cut where an issue could not hold them, as 24,000 times %j",
    async (character) => {
      const { as, issues, workflow } = await open();
      await as("session-1").print("broadcast", character.repeat(24_000 / character.length));
      await publish({ workflow });
      expect(issues[0]?.body.length).toBeLessThan(65_536);
      expect(livePartsOf(issues[0]?.body ?? "")).toHaveLength(2);
    },
  );

  it("do not stop others when they are too long: 100 kB by hand are reported and left out", async () => {
    const { as, hub, issues, sandbox, workflow } = await open();
    const huge = aMessage({ id: "01KG9M2V0000000000000000ZZ" });
    const path = "coordination/MESSAGES/2026/01/31/01KG9M2V0000000000000000ZZ.md";
    const content = encodeMessage({ ...huge, body: "x".repeat(100_000) });
    await commitByHand(sandbox, hub, [{ path, content }]);
    await as("session-1").print("broadcast", "Fine");
    expect(await workflow.run("publish")).toMatchObject({ code: 0, err: expect.stringContaining(path) });
    expect(issues).toHaveLength(1);
  });
});

describe("an urgent request", () => {
  async function ask({ as }: Pick<GitHubHub, "as">): Promise<string> {
    const [id = ""] =
      /collab-\S+/.exec(await as("session-2").print("-q", "request", "session-1", "Disk full", "urgent")) ??
      [];
    return id;
  }

  it("is posted with the ways to answer, and is closed with its outcome", async () => {
    const { as, issues, server, workflow } = await open();
    const id = await ask({ as });
    await publish({ workflow });
    expect(issues).toMatchObject([
      { title: "[urgent] session-2 asks session-1: Disk full", labels: ["request", "priority:urgent"] },
    ]);
    expect(issues[0]?.body).toContain("/accept");
    expect(new Set(server.repository.notified)).toEqual(new Set(["ada-dev", "carl"]));

    await as("session-1").print("accept", id);
    await publish({ workflow });
    expect(issues[0]).toMatchObject({ state: "open", comments: [] });

    await as("session-1").print("complete", id, "-m", "Cleaned up, thanks @mallory, fixes #1");
    server.faults.push({
      on: "POST /repos/{owner}/{repo}/issues/{issue_number}/comments",
      does: "dropped after",
    });
    expect(await publish({ workflow })).toMatchObject({ posted: [], closed: [1] });
    expect(await publish({ workflow })).toMatchObject({ closed: [] });
    expect(issues).toMatchObject([{ state: "closed", stateReason: "completed", comments: [{}] }]);
    expect(issues[0]?.comments[0]?.body).toMatch(
      /`session-1`: completed, 2026-01-31T.*\n\n```text\nCleaned up/,
    );
    expect(server.repository.notified).not.toContain("mallory");
  });

  it("is closed as not planned when it is declined", async () => {
    const { as, issues, workflow } = await open();
    const id = await ask({ as });
    await publish({ workflow });
    await as("session-1").print("decline", id, "-m", "No access");
    await publish({ workflow });
    expect(issues).toMatchObject([{ state: "closed", stateReason: "not_planned" }]);
  });

  it("stays open while its file cannot be read, and is closed when the file is gone", async () => {
    const { as, hub, issues, sandbox, workflow } = await open();
    const path = `coordination/ACTIVE/COLLABORATIONS/${await ask({ as })}.json`;
    await publish({ workflow });
    await commitByHand(sandbox, hub, [{ path, content: "<<<<<<< HEAD\n{}\n" }]);
    expect((await publish({ workflow })).closed).toEqual([]);
    await commitByHand(sandbox, hub, [{ path }]);
    expect((await publish({ workflow })).closed).toEqual([1]);
    expect(issues[0]?.comments[0]?.body).toContain("archive");
  });
});
