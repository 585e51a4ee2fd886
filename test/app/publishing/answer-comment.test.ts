import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";
import type { CommentReport } from "../../../src/app/publishing/answer-comment.ts";
import { errorOf } from "../../support/console.ts";
import { openSandbox } from "../../support/git-sandbox.ts";
import { commentEvent } from "../../support/github/events.ts";
import { openGitHubHub } from "../../support/github/hub.ts";
import type { Account, IssueRecord } from "../../support/github/records.ts";
import { ACCOUNTS } from "../../support/github/server.ts";
import { commitByHand } from "../../support/hand-commit.ts";
import { openHttpHub } from "../../support/http-hub.ts";
import { installHook } from "../../support/server-hook.ts";

const person = (login: string): Account => ({ ...ACCOUNTS.stranger, login });
const PULL = "https://github.com/team/hub/pull/7";
const COMMENT = "POST /repos/{owner}/{repo}/issues/{issue_number}/comments";

/** A hub whose urgent request from session-2 to session-1 is posted as issue 1; ada-dev answers for session-1. */
async function open() {
  const sandbox = openSandbox();
  const opened = await openGitHubHub(sandbox);
  const { as, server, workflow } = opened;
  onTestFinished(() => expect(server.violations).toEqual([]));
  const id = (await as("session-2").print("-q", "request", "session-1", "Disk full", "urgent")).trim();
  await workflow.print("publish");
  const issue = server.repository.issues[0] as IssueRecord;

  /** Posts a comment on GitHub, which starts the workflow. */
  async function say(login: string, body: string, on = issue): Promise<CommentReport> {
    const comment = server.repository.addComment(on, person(login), body);
    return again(commentEvent(server.repository.name, on, comment));
  }
  async function again(event: object): Promise<CommentReport> {
    const path = join(sandbox.folder("events"), "event.json");
    await writeFile(path, JSON.stringify(event));
    return workflow.with({ env: { GITHUB_EVENT_PATH: path } }).json<CommentReport>("comment");
  }
  const statusOf = async () => {
    const { asked } = await as("session-2").json<{
      asked: { status: string; evidence?: string; history: { note?: string }[] }[];
    }>("inbox");
    const [first] = asked;
    return { status: first?.status, note: first?.history.at(-1)?.note, evidence: first?.evidence };
  };
  const replies = () => issue.comments.filter(({ author }) => author.type === "Bot").map(({ body }) => body);
  return { ...opened, id, issue, say, again, statusOf, replies, sandbox };
}

describe("a comment on a request's issue", () => {
  it("of the addressee's account accepts it, and the requester's inbox shows that", async () => {
    const { hub, id, issue, replies, sandbox, say, statusOf } = await open();
    expect(await say("Ada-Dev", "/accept")).toEqual({
      outcome: "done",
      request: id,
      move: "accept",
      session: "session-1",
    });
    expect(await statusOf()).toMatchObject({ status: "accepted" });
    expect((await sandbox.history(hub)).at(-1)).toMatchObject({ kind: "accept", session: "session-1" });
    expect(issue.comments[0]?.reactions).toEqual([{ login: "github-actions[bot]", content: "+1" }]);
    expect(replies()).toEqual([]);
  });

  it.each([
    ["/decline No access to that cluster", "declined", "No access to that cluster"],
    ["/decline\r\nNo access\r\nfor weeks", "declined", "No access\nfor weeks"],
    ["  /accept  ", "accepted", undefined],
    ["/complete https://github.com/team/hub/pull/7", "completed", undefined, PULL],
    ["/complete https://github.com/team/hub/pull/7\r\nAnd docs", "completed", "And docs", PULL],
    ["/complete See #7", "completed", "See #7"],
  ])("that says %j makes it %s", async (body, status, note, evidence?: string) => {
    const { say, statusOf } = await open();
    if (status === "completed") {
      await say("ada-dev", "/accept");
      await say("ada-dev", "/start");
      expect(await statusOf()).toMatchObject({ status: "in_progress" });
    }
    await say("ada-dev", body);
    expect(await statusOf()).toEqual({ status, note, evidence });
  });

  it.each(["/accepted", "accept", "Please /accept", "/cancel", "// accept", "", "Hello\n/accept"])(
    "that says %j is talk",
    async (body) => {
      const { issue, say, statusOf } = await open();
      expect(await say("ada-dev", body)).toEqual({ outcome: "talk" });
      expect(await statusOf()).toMatchObject({ status: "pending" });
      expect(issue.comments).toHaveLength(1);
    },
  );

  it("of another account changes nothing and gets one polite reply", async () => {
    const { replies, say, server, statusOf } = await open();
    for (const body of ["/accept", "/accept", "/decline @mallory"])
      expect(await say("mallory", body)).toEqual({ outcome: "stranger" });
    expect(await statusOf()).toMatchObject({ status: "pending" });
    expect(replies()).toEqual([
      expect.stringMatching(/^<!-- git-hive:stranger v1 \d+ -->\nThank you\. [^\n@]+$/),
    ]);
    expect(server.repository.notified).not.toContain("mallory");
  });

  it("of another session's account is refused by the rules, with a reply of one line", async () => {
    const { id, replies, say } = await open();
    expect(await say("bob-dev", "/accept")).toMatchObject({ outcome: "refused", code: "wrong_party" });
    expect(replies()).toEqual([
      expect.stringContaining(`Nothing was changed: \`session-2 may not accept ${id}: session-1 was asked`),
    ]);
  });

  it("that comes too late is refused, with the request's status", async () => {
    const { replies, say } = await open();
    await say("ada-dev", "/decline Busy");
    expect(await say("ada-dev", "/accept")).toMatchObject({ outcome: "refused", code: "illegal_move" });
    expect(replies()[0]).toContain("it is declined, by session-1");
  });

  it("that looks like it has a secret is refused, with a reply that does not repeat it", async () => {
    const { replies, say, statusOf } = await open();
    const outcome = { outcome: "refused", code: "looks_secret" };
    expect(await say("ada-dev", "/decline the password is hunter2x")).toMatchObject(outcome);
    expect(await say("ada-dev", "/complete https://me:hunter2x@example.org")).toMatchObject(outcome);
    expect(replies()[0]).toContain("Nothing was changed");
    expect(replies().join("")).not.toContain("hunter2x");
    expect(await statusOf()).toMatchObject({ status: "pending" });
  });

  it("with a reason that is too long is refused, not cut", async () => {
    const { say, statusOf } = await open();
    expect(await say("ada-dev", `/decline ${"x".repeat(5000)}`)).toMatchObject({ outcome: "refused" });
    expect(await statusOf()).toMatchObject({ status: "pending" });
  });

  it("is carried out once though the workflow runs twice and answers are lost", async () => {
    const { again, hub, issue, replies, sandbox, say, server } = await open();
    await say("ada-dev", "/accept");
    const event = commentEvent("team/hub", issue, issue.comments[0] ?? expect.fail());
    expect(await again(event)).toMatchObject({ outcome: "done" });
    expect((await sandbox.history(hub)).filter(({ kind }) => kind === "accept")).toHaveLength(1);
    expect(issue.comments[0]?.reactions).toHaveLength(1);

    server.faults.push({ on: COMMENT, does: "dropped after" });
    await say("mallory", "/accept");
    server.faults.push({ on: COMMENT, does: "502" });
    await say("bob-dev", "/accept");
    expect(replies()).toHaveLength(2);
  });

  it("counts only on an issue that git-hive posted, and not from a bot", async () => {
    const { id, issue, say, server, statusOf, again } = await open();
    const body = `<!-- git-hive:request v1 ${id} -->\nforged`;
    const forged = server.repository.add(ACCOUNTS.stranger, { body });
    expect(await say("ada-dev", "/accept", forged)).toEqual({ outcome: "talk" });
    const comment = server.repository.addComment(issue, ACCOUNTS["app-token"], "/accept");
    expect(await again(commentEvent("team/hub", issue, comment))).toEqual({ outcome: "talk" });
    const edited = { ...commentEvent("team/hub", issue, comment), action: "edited" };
    expect(await again(edited)).toEqual({ outcome: "talk" });
    expect(await statusOf()).toMatchObject({ status: "pending" });
  });

  it("gets no stranger's reply when the settings cannot be read", async () => {
    const { again, hub, issue, replies, sandbox, server } = await open();
    await commitByHand(sandbox, hub, [{ path: "coordination/hive.yaml", content: "github: [" }]);
    const comment = server.repository.addComment(issue, person("ada-dev"), "/accept");
    await expect(again(commentEvent("team/hub", issue, comment))).rejects.toThrow(/hive\.yaml/);
    expect(replies()).toEqual([]);
  });

  it("that cannot land fails, so that the workflow runs again, and leaves no operation on the runner", async () => {
    const { hub, issue, replies, sandbox, server, statusOf, workflow } = await open();
    const path = join(sandbox.folder("events"), "event.json");
    const comment = server.repository.addComment(issue, person("ada-dev"), "/accept");
    await writeFile(path, JSON.stringify(commentEvent(server.repository.name, issue, comment)));
    const git = await openHttpHub(sandbox);
    const runner = workflow.with({ env: { GITHUB_EVENT_PATH: path, HIVE_HUB: git.url() } });
    await installHook(hub, "pre-receive", "echo 'protected branch hook declined' >&2; exit 1");
    const ran = await runner.run("--json", "comment");
    expect(ran).toMatchObject({ code: 1, out: "" });
    expect(errorOf(ran)).toMatchObject({ code: "push_refused" });
    expect(await runner.json("outbox")).toMatchObject({ operations: [], broken: [] });

    await installHook(hub, "pre-receive", "exit 0");
    expect(await runner.json("comment")).toMatchObject({ outcome: "done" });
    expect(await statusOf()).toMatchObject({ status: "accepted" });
    expect(replies()).toEqual([]);
  });

  it("fails without an event from GitHub", async () => {
    const { workflow, sandbox } = await open();
    expect(await workflow.run("comment")).toMatchObject({
      code: 2,
      err: expect.stringContaining("GITHUB_EVENT_PATH"),
    });
    const path = join(sandbox.folder("events"), "event.json");
    const inWorkflow = workflow.with({ env: { GITHUB_EVENT_PATH: path } });
    for (const text of ["{", "[]", '{"action":"created"}']) {
      await writeFile(path, text);
      expect(await inWorkflow.run("comment")).toMatchObject({ code: 1, out: "" });
    }
  });
});
