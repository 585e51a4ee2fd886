import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";
import type { CommentReport } from "../../../src/app/publishing/answer-comment.ts";
import type { PublishReport } from "../../../src/app/publishing/publish.ts";
import { openSandbox } from "../../support/git-sandbox.ts";
import { commentEvent } from "../../support/github/events.ts";
import { openGitHubHub, TEAM_SETTINGS } from "../../support/github/hub.ts";
import { livePartsOf } from "../../support/github/markdown-oracle.ts";
import type { IssueRecord } from "../../support/github/records.ts";
import { ACCOUNTS, type Fault } from "../../support/github/server.ts";
import { commitByHand } from "../../support/hand-commit.ts";
import { HOSTILE_QUESTIONS } from "../../support/hostile-questions.ts";

const CREATE = "POST /repos/{owner}/{repo}/issues";
const LIST = "GET /repos/{owner}/{repo}/issues";
const CHANGE = "PATCH /repos/{owner}/{repo}/issues/{issue_number}";
const COMMENT = "POST /repos/{owner}/{repo}/issues/{issue_number}/comments";

/** Both sessions of the hub are ada-dev's, unless the settings say otherwise. */
const SETTINGS = TEAM_SETTINGS.replace(
  "users: { ada-dev: session-1, bob-dev: [session-2] }",
  "users: { Ada-Dev: [session-1, session-2] }",
);

async function open(settings = SETTINGS) {
  const sandbox = openSandbox();
  const opened = await openGitHubHub(sandbox, settings);
  const { server, as, workflow } = opened;
  onTestFinished(() => expect(server.violations).toEqual([]));
  const { issues, rings } = server.repository;
  const ask = async (session: string, question: string, ...more: string[]) => {
    sandbox.clock.now += 1000;
    await as(session).print("needs", ...more, "--", question);
  };
  const publish = () => workflow.json<PublishReport>("publish");
  /** What notified those who watch, since the last look. */
  const rung = () => rings.splice(0);
  return { ...opened, sandbox, issues, ask, publish, rung };
}

describe("the queue of a person", () => {
  it("is one issue with who waits, the options and whom that blocks, and mentions the person", async () => {
    const { as, ask, issues, publish, rung, server } = await open();
    await ask("session-1", "Which database?", "--options", "Postgres,SQLite");
    await as("session-2").print("request", "session-1", "Please help");
    const { queues } = await publish();
    expect(queues).toMatchObject([{ login: "Ada-Dev", action: "created", waiting: 1, issue: 1 }]);
    expect(issues).toMatchObject([{ title: "1 session waits for you", labels: ["request"], assignees: [] }]);
    const body = issues[0]?.body ?? "";
    expect(body).toMatch(
      /^<!-- git-hive:needs v1 user-ada-dev -->\n<!-- git-hive:asked v1 session-1=[0-9A-Z]{26} -->\n/,
    );
    expect(body).toContain("asks since 2026-01-31T12:00:01Z, blocks `session-2`: `Which database?`");
    expect(body).toContain("1. `Postgres`\n2. `SQLite`");
    expect(body).toContain("/tell <session> <answer>");
    expect(rung()).toEqual(["made 1"]);
    expect(server.repository.notified).toEqual(["Ada-Dev"]);
  });

  it("changes in place, notifies once of what is new, and never of what is answered", async () => {
    const { as, ask, issues, publish, rung } = await open();
    await ask("session-1", "Which database?");
    await publish();
    await ask("session-2", "Which port?");
    rung();
    expect((await publish()).queues).toMatchObject([{ action: "updated", title: "2 sessions wait for you" }]);
    expect(rung()).toEqual(["comment 1"]);
    expect(issues[0]?.comments[0]?.body).toContain("`Which port?`");
    expect(issues[0]?.comments[0]?.body).not.toContain("Which database?");
    expect((await publish()).queues).toEqual([]);
    await as("session-1").print("needs", "--done");
    expect((await publish()).queues).toMatchObject([{ action: "updated", title: "1 session waits for you" }]);
    await as("session-2").print("needs", "--done");
    expect((await publish()).queues).toMatchObject([{ action: "closed", title: "No session waits for you" }]);
    expect(rung()).toEqual([]);
    expect(issues).toMatchObject([{ state: "closed", stateReason: "completed" }]);
    expect((await publish()).queues).toEqual([]);
  });

  it("is opened again within a week, and a new issue after it", async () => {
    const { as, ask, issues, publish, rung, sandbox } = await open();
    const once = async () => {
      await ask("session-1", "Which database?");
      const { queues } = await publish();
      await as("session-1").print("needs", "--done");
      await publish();
      return queues;
    };
    await once();
    expect(await once()).toMatchObject([{ action: "reopened", issue: 1 }]);
    expect(rung()).toEqual(["made 1", "reopened 1"]);
    sandbox.clock.now += 8 * 86_400_000;
    expect(await once()).toMatchObject([{ action: "created", issue: 2 }]);
    expect(issues).toHaveLength(2);
  });

  it("stays closed where a person closed it, until there is another question", async () => {
    const { ask, issues, publish } = await open();
    await ask("session-1", "Which database?");
    await publish();
    Object.assign(issues[0] as IssueRecord, { state: "closed" });
    expect((await publish()).queues).toEqual([]);
    await ask("session-2", "Which port?");
    expect((await publish()).queues).toMatchObject([{ action: "reopened" }]);
    expect(issues).toHaveLength(1);
  });

  it("is found again after months, and costs no request more than the lists while nothing changes", async () => {
    const { ask, issues, publish, sandbox, server } = await open();
    await ask("session-1", "Which database?");
    await publish();
    sandbox.clock.now += 90 * 86_400_000;
    server.requests.length = 0;
    expect((await publish()).queues).toEqual([]);
    expect(server.requests).toEqual([LIST, LIST]);
    expect(issues).toHaveLength(1);
  });

  it("is each person's own, and of nobody for sessions without one", async () => {
    const { ask, issues, publish } = await open(
      TEAM_SETTINGS.replace(
        "users: { ada-dev: session-1, bob-dev: [session-2] }",
        "users: { ada-dev: session-1, carl: session-1 }",
      ),
    );
    await ask("session-1", "Which database?");
    await ask("session-2", "Which port?");
    await publish();
    expect(issues.map(({ title, assignees }) => [title, assignees])).toEqual([
      ["1 session waits for you", ["ada-dev"]],
      ["1 session waits for you", []],
      ["1 session waits for a person", []],
    ]);
    expect(issues[2]?.body).toContain("Which port?");
    expect(issues[2]?.body).not.toContain("@");
  });

  it("is not closed while a profile cannot be read", async () => {
    const { as, ask, hub, issues, publish, sandbox, workflow } = await open();
    await ask("session-1", "Which database?");
    await publish();
    await as("session-1").print("needs", "--done");
    const path = "coordination/SESSIONS/session-2.json";
    await commitByHand(sandbox, hub, [{ path, content: "{" }]);
    await workflow.run("publish");
    expect(issues).toMatchObject([{ state: "open" }]);
  });

  it("is said by a dry run and changes nothing", async () => {
    const { ask, issues, workflow } = await open();
    await ask("session-1", "Which database?");
    expect(await workflow.print("publish", "--dry-run")).toBe(
      "Would be created: 1 session waits for you, for Ada-Dev\n",
    );
    expect(issues).toEqual([]);
  });
});

describe("when something goes wrong on the way", () => {
  const does: readonly Fault["does"][] = [
    "dropped before",
    "dropped after",
    "502",
    "502 after",
    "secondary limit",
  ];

  it.each(does)(
    "by a %s at each step, there is one issue, and one notification of each change",
    async (fault) => {
      const { as, ask, issues, publish, rung, server, workflow } = await open();
      const faulty = async (on: string) => {
        server.faults.push({ on, does: fault });
        await workflow.run("publish");
        await publish();
      };
      await ask("session-1", "Which database?");
      await faulty(CREATE);
      expect(rung()).toEqual(["made 1"]);
      await ask("session-2", "Which port?");
      await faulty(COMMENT);
      expect(rung()).toEqual(["comment 1"]);
      await as("session-2").print("needs", "--done");
      await faulty(CHANGE);
      await as("session-1").print("needs", "--done");
      await faulty(CHANGE);
      expect(rung()).toEqual([]);
      expect(issues).toMatchObject([{ state: "closed" }]);
      await ask("session-1", "Which host?");
      await faulty(CHANGE);
      expect(rung()).toEqual(["reopened 1"]);
      expect(issues).toHaveLength(1);
    },
  );

  it("two runs at once leave one issue open", async () => {
    const { ask, issues, publish, server } = await open();
    await ask("session-1", "Which database?");
    server.repository.beforeCreate = async () => void (await publish());
    await publish();
    await publish();
    expect(issues.filter(({ state }) => state === "open")).toHaveLength(1);
  });
});

describe("hostile questions", () => {
  it("are inert in the issue and in its comments, and leave its second line alone", async () => {
    const { ask, issues, publish, server } = await open();
    await ask("session-2", "Calm?");
    await publish();
    for (const question of HOSTILE_QUESTIONS) {
      const option = question.replaceAll(",", " ").slice(0, 60);
      await ask("session-1", question, "--options", `${option},b`);
      await publish();
      const [issue] = issues as [IssueRecord];
      const texts = [issue.body, issue.comments.at(-1)?.body ?? ""];
      for (const text of texts)
        for (const part of livePartsOf(text))
          expect(part, question).toMatch(
            /^(?:html <!-- git-hive:(?:needs|asked) v1 |link https:\/\/github\.com\/Ada-Dev$)/,
          );
      expect(issue.title).toBe("2 sessions wait for you");
      expect((await publish()).queues, question).toEqual([]);
    }
    expect(new Set(server.repository.notified)).toEqual(new Set(["Ada-Dev"]));
    expect(issues).toHaveLength(1);
  });
});

describe("a comment on the issue of a queue", () => {
  async function openAsked() {
    const opened = await open(TEAM_SETTINGS);
    const { as, ask, issues, publish, sandbox, server, workflow } = opened;
    await ask("session-1", "Which database?", "--options", "Postgres,SQLite");
    await publish();
    const issue = issues[0] as IssueRecord;
    const again = async (event: object) => {
      const path = join(sandbox.folder("events"), "event.json");
      await writeFile(path, JSON.stringify(event));
      return workflow.with({ env: { GITHUB_EVENT_PATH: path } }).json<CommentReport>("comment");
    };
    const say = (login: string, body: string) => {
      const comment = server.repository.addComment(issue, { ...ACCOUNTS.stranger, login }, body);
      return again(commentEvent(server.repository.name, issue, comment));
    };
    const mail = async () => {
      const { messages } = await as("session-1").json<{ messages: object[] }>("inbox", "--all");
      return messages;
    };
    const replies = () =>
      issue.comments.filter(({ author }) => author.type === "Bot").map(({ body }) => body);
    return { ...opened, issue, again, say, mail, replies };
  }

  it("answers, in the name of the commenter, whom the settings name", async () => {
    const { issue, mail, publish, replies, say, workflow } = await openAsked();
    expect(await say("Ada-Dev", "/tell session-1 2")).toEqual({
      outcome: "told",
      session: "ada-dev",
      to: "session-1",
    });
    expect(await mail()).toMatchObject([{ from: "ada-dev", body: "SQLite", person: true, priority: "high" }]);
    expect(issue.comments[0]?.reactions).toHaveLength(1);
    expect(replies()).toEqual([]);
    expect((await publish()).queues).toMatchObject([{ action: "closed" }]);
    expect(await workflow.json("validate")).toMatchObject({ findings: [] });
  });

  it("can have several lines, and name the session in backticks", async () => {
    const { mail, say } = await openAsked();
    await say("bob-dev", "/tell `session-1`\r\nUse Postgres,\r\nplease");
    expect(await mail()).toMatchObject([{ from: "bob-dev", body: "Use Postgres,\nplease" }]);
  });

  it("of a stranger changes nothing and gets the usual reply, once", async () => {
    const { mail, replies, say } = await openAsked();
    for (let time = 0; time < 2; time++)
      expect(await say("mallory", "/tell session-1 yes")).toEqual({ outcome: "stranger" });
    expect(replies()).toEqual([expect.stringMatching(/^<!-- git-hive:stranger v1 \d+ -->\nThank you\./)]);
    expect(await mail()).toEqual([]);
  });

  it.each([
    ["/tell session-9 yes", "No session session-9"],
    ["/tell ../x yes", "No session ../x"],
    ["/tell session-1 7", "options 1 to 2"],
    ["/tell session-1 the password is hunter2x", "secret"],
    [`/tell session-1 ${"x".repeat(25_000)}`, "at most 24000"],
  ])("that is refused says why: %#", async (body, reason) => {
    const { mail, replies, say } = await openAsked();
    expect(await say("ada-dev", body)).toMatchObject({ outcome: "refused" });
    expect(replies()[0]).toContain(reason);
    expect(replies()[0]).not.toContain("hunter2x");
    expect(await mail()).toEqual([]);
  });

  it("that answers another question than the issue shows is refused", async () => {
    const { ask, mail, replies, say } = await openAsked();
    await ask("session-1", "Delete it all?", "--options", "no,yes");
    expect(await say("ada-dev", "/tell session-1 2")).toMatchObject({ outcome: "refused" });
    expect(replies()[0]).toContain("asks something else by now");
    expect(await mail()).toEqual([]);
  });

  it("is carried out once though the workflow runs twice", async () => {
    const { again, issue, mail, say } = await openAsked();
    await say("ada-dev", "/tell session-1 1");
    const event = commentEvent("team/hub", issue, issue.comments[0] ?? expect.fail());
    expect(await again(event)).toMatchObject({ outcome: "told" });
    expect(await mail()).toHaveLength(1);
  });

  it.each([
    "/tell",
    "/tell session-1",
    "/tell session-1  ",
    "Please /tell session-1 yes",
    "/accept",
    "/teller a b",
  ])("that says %j is talk", async (body) => {
    const { mail, say } = await openAsked();
    expect(await say("ada-dev", body)).toEqual({ outcome: "talk" });
    expect(await mail()).toEqual([]);
  });
});
