import { utimesSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import type { Bundle } from "../../src/domain/requests/bundle.ts";
import { Console, errorOf } from "../support/console.ts";
import { openSandbox } from "../support/git-sandbox.ts";

/** Four sessions on a hub; session-2 and session-3 offer Go. */
async function open() {
  const sandbox = openSandbox();
  const hub = await sandbox.bareHub();
  const one = new Console(sandbox).with({ env: { HIVE_SESSION: "session-1" } });
  const [two, three, four] = ["session-2", "session-3", "session-4"].map((id) =>
    one.with({ env: { HIVE_SESSION: id } }),
  );
  if (!two || !three || !four) throw new Error("four sessions are there");
  await one.print("init", "--remote", hub);
  await one.print("register", "session-1", "--role", "Frontend");
  await two.print("register", "session-2", "--skill", "go");
  await three.print("register", "session-3", "--skill", "Go");
  await four.print("register", "session-4");
  const id = async (console: Console, ...argv: string[]) => (await console.print("-q", ...argv)).trim();
  return { sandbox, one, two, three, four, id };
}

describe("a need", () => {
  it("is in the inboxes of sessions with the skill, until one session accepts it", async () => {
    const { one, two, three, four, id } = await open();
    const request = await id(one, "need", "go", "Review the parser", "high", "--deadline", "4h");
    expect(await two.print("inbox")).toBe(
      [
        "What other sessions wrote is unverified:",
        `${request}: session-1 asks whoever offers go, high, 0s ago, until 2026-01-31T16:00:00Z`,
        "  | Review the parser",
        `  Answer: hive accept ${request}, or hive decline ${request} -m "<why>"`,
        "",
      ].join("\n"),
    );
    expect(await four.print("inbox")).toBe(
      "Nothing new for session-4. Read messages too: hive inbox --all\n",
    );
    expect(await two.print("decline", request, "-m", "No time")).toBe(
      `You declined ${request}. It stays open for other sessions. session-1 (unverified) asks: Review the parser\n`,
    );
    expect(await one.print("inbox")).toBe(
      `What other sessions wrote is unverified:\nYou asked whoever offers go: ${request} is pending, asked 0s ago, seen by 0 of 1, declined by session-2: Review the parser\n  | No time\n`,
    );
    await three.print("accept", request);
    const late = await two.run("--json", "accept", request);
    expect({ code: late.code, error: errorOf(late) }).toMatchObject({
      code: 3,
      error: {
        code: "already_taken",
        message: expect.stringContaining("session-3 has held it since 2026-01-31T12:00:00Z"),
      },
    });
    expect(await two.print("inbox")).toBe("Nothing new for session-2. Read messages too: hive inbox --all\n");
  });

  it("is the same operation as a request to a capability", async () => {
    const { one } = await open();
    const asked = ["request", "--to-capability", "go", "Help", "urgent"];
    const both = [await one.json(...asked), await one.json("need", "go", "Help", "urgent")];
    const fields = { to_capability: "go", request: "Help", urgency: "urgent" };
    for (const answer of both) {
      expect(answer).toMatchObject({ result: { collaboration: fields } });
      expect(answer).not.toHaveProperty("result.collaboration.to_session");
    }
  });

  it("says when no session offers the skill yet", async () => {
    const { one } = await open();
    expect(await one.print("need", "cobol", "Help")).toContain(
      "No session offers this skill yet. The request waits.",
    );
  });

  it.each([
    [["request", "--to-capability", "go"], "Missing required argument 'text'."],
    [["request", "--to-capability", " ", "Help"], "text is empty"],
    [["need", "go", "Help", "--deadline", "soon"], "Cannot read"],
    [["complete", "collab-1", "--evidence", "https://me:pw@example.org"], "without credentials"],
    [["handoff", "--goal", "x"], "Missing required argument 'session'."],
    [["handoff", "session-2", "bundle.json"], "JSON object on stdin"],
    [["handoff", "session-2"], "The handover has no goal."],
  ])("called wrong: %j", async (argv, message) => {
    const { one } = await open();
    const ran = await one.run("--json", ...argv);
    expect(ran).toMatchObject({ code: 2, out: "" });
    expect(errorOf(ran).message).toContain(message);
  });

  it("with a deadline that has passed is refused", async () => {
    const { one } = await open();
    const ran = await one.run("--json", "need", "go", "Help", "--deadline", "0s");
    expect({ code: ran.code, error: errorOf(ran).code }).toEqual({ code: 3, error: "past_deadline" });
  });
});

describe("sync reminds", () => {
  it("the author of waiting items, with the next command, and nothing without an author", async () => {
    const { sandbox, one, two, id } = await open();
    const request = await id(one, "request", "session-2", "Review the parser");
    sandbox.clock.now += 3 * 3_600_000;
    expect(await one.print("sync")).toMatch(
      /\nYou asked session-2 3h ago, last alive 3h ago, not seen yet: Review the parser\. Next: hive inbox\n$/,
    );
    expect(await two.print("sync")).toContain(
      `\nWhat other sessions wrote is unverified:\nsession-1 asks you, normal, 3h ago: Review the parser. Next: hive accept ${request}\n`,
    );
    await two.print("accept", request);
    expect(await two.print("sync")).toContain(`, accepted: Review the parser. Next: hive start ${request}\n`);
    expect(await one.json("sync")).toMatchObject({ reminders: [] });
    const nobody = one.with({ env: { HIVE_SESSION: "" } });
    expect(await nobody.json("sync", "--hub", join(sandbox.directory, "hubs", "hub.git"))).toMatchObject({
      reminders: [],
    });
  });

  it("of a few items of each kind, and counts the rest", async () => {
    const { one, two } = await open();
    for (const text of ["a1", "b2", "c3", "d4", "e5"]) await one.print("request", "session-2", text);
    expect(await two.print("sync")).toMatch(
      /asks you[\s\S]*asks you[\s\S]*asks you[^\n]*\n2 more: collab-\S+, collab-\S+\. See: hive inbox\n$/,
    );
  });
});

describe("a handover", () => {
  async function handedOver() {
    const opened = await open();
    const { sandbox, one, two, id } = opened;
    const project = sandbox.folder("project");
    await sandbox.git(project, "init", "--quiet", "--initial-branch=main");
    writeFileSync(join(project, "parser.go"), "package parser\n");
    await sandbox.git(project, "add", ".");
    await sandbox.git(project, "commit", "--quiet", "-m", "Start the parser");
    const request = await id(one, "request", "session-2", "Write the parser");
    await two.print("accept", request);
    const hub = join(sandbox.directory, "hubs", "hub.git");
    const inProject = two.with({ directory: project, env: { HIVE_HUB: hub } });
    return { ...opened, project, request, inProject };
  }

  it("is drafted from git and the session's operations, changed by options, and shown by --dry-run", async () => {
    const { inProject, project, request, sandbox } = await handedOver();
    const head = await sandbox.git(project, "rev-parse", "HEAD");
    // No work: nobody else needs to know of these.
    await inProject.print("send", "session-1", "Between us");
    await inProject.print("mute", "session-1");
    await inProject.print("broadcast", "Hello");
    const flags = [
      "--tried",
      "A regex",
      "--tried",
      "A grammar",
      "--next",
      "go test ./...",
      "--file",
      "parser.go",
    ];
    const draft = await inProject.json("handoff", "session-3", "--request", request, ...flags, "--dry-run");
    expect(draft).toEqual({
      dry_run: true,
      to: "session-3",
      request,
      goal: "Write the parser",
      bundle: {
        done: ["Start the parser", `accept ${request}: session-2 «Write the parser»`],
        tried: ["A regex", "A grammar"],
        files: ["parser.go"],
        branch: "main",
        commit: head,
        next: "go test ./...",
      },
    });
    expect(await inProject.json("log", "--kind", "handoff")).toEqual({ entries: [] });
  });

  it("of a request is drafted from what belongs to the request", async () => {
    const { sandbox, one, two, id, inProject, project } = await handedOver();
    const later = (minutes: number) => {
      sandbox.clock.now += minutes * 60_000;
    };
    const change = async (name: string, subject: string) => {
      writeFileSync(join(project, name), subject);
      await sandbox.git(project, "add", name);
      await sandbox.git(project, "commit", "--quiet", "-m", subject);
    };
    writeFileSync(join(project, "old.go"), "");
    utimesSync(join(project, "old.go"), 0, 0);
    await inProject.print("status", "Something else");
    await inProject.print("claim", "docs/**");
    later(10);
    const request = await id(one, "request", "session-2", "Write the printer");
    await two.print("accept", request);
    later(1);
    await inProject.print("claim", "printer.go");
    await change("printer.go", "Start the printer");
    const other = await id(one, "request", "session-2", "Write the linter");
    await two.print("accept", other);
    const draft = async () =>
      (await inProject.json<{ bundle: Bundle }>("handoff", "session-3", "--request", request, "--dry-run"))
        .bundle;
    const { done, files, in_progress } = await draft();
    expect(done).toEqual([
      "Start the printer",
      expect.stringMatching(/^claim printer.go/),
      expect.stringContaining(`accept ${request}`),
    ]);
    expect(files).toEqual(["printer.go"]);
    expect(in_progress).toBeUndefined();
    later(1);
    await inProject.print("status", "The printer");
    expect((await draft()).in_progress).toBeUndefined();
  });

  it("of the only request tells the work that was told since it was accepted", async () => {
    const { sandbox, request, inProject } = await handedOver();
    const draft = async () =>
      (await inProject.json<{ bundle: Bundle }>("handoff", "session-3", "--request", request, "--dry-run"))
        .bundle;
    expect((await draft()).in_progress).toBeUndefined();
    sandbox.clock.now += 60_000;
    await inProject.print("status", "The parser");
    expect((await draft()).in_progress).toEqual(["The parser"]);
  });

  it("is quoted in the addressee's inbox, and printed when it is accepted", async () => {
    const { id, inProject, one, request, three } = await handedOver();
    const handover = await id(
      inProject,
      "handoff",
      "session-3",
      "--request",
      request,
      "--done",
      "Half\nof it",
    );
    const shown = await three.print("inbox");
    expect(shown).toContain(
      `${handover}: session-2 hands over ${request}, normal, 0s ago\n  | Write the parser\n`,
    );
    expect(shown).toContain("  Done:\n  | Half\n  | of it\n");
    const accepted = await three.print("accept", handover);
    expect(accepted).toContain(
      `${request} is yours now. session-1 (unverified) asks: Write the parser\nFrom session-2 (unverified):\n  Goal:\n  | Write the parser\n`,
    );
    expect(accepted).toMatch(new RegExp(`\nNext: hive start ${request}, or hive complete ${request}\n$`));
    expect(await one.print("inbox")).toContain(`  | session-3 has taken over ${request} from session-2.\n`);
    expect((await inProject.run("start", request)).err).toContain(
      "session-3 has held it since 2026-01-31T12:00:00Z",
    );
  });

  it("may be JSON on stdin: options win over stdin, and stdin wins over the draft", async () => {
    const { inProject } = await handedOver();
    const input = { goal: "Finish the parser", done: ["Lexer"], decisions: ["No regex"], next: "make" };
    const typed = inProject.with({ readInput: async () => JSON.stringify(input) });
    const draft = await typed.json("handoff", "--open", "-", "--next", "go test", "--dry-run");
    expect(draft).toMatchObject({
      goal: "Finish the parser",
      bundle: { done: ["Lexer"], decisions: ["No regex"], next: "go test", branch: "main" },
    });
  });

  it.each(["", "[]", "null", "{", '"x"', '{"goal": 7}', '{"done": "x"}', '{"decision": []}'])(
    "on stdin has to be one: %j",
    async (input) => {
      const { inProject } = await handedOver();
      const ran = await inProject
        .with({ readInput: async () => input })
        .run("--json", "handoff", "--open", "-");
      expect(ran).toMatchObject({ code: 2, out: "" });
    },
  );

  it("of another session's request is refused before it is drafted", async () => {
    const { inProject } = await handedOver();
    const ran = await inProject.run("--json", "handoff", "session-3", "--request", "collab-9");
    expect({ code: ran.code, error: errorOf(ran).code }).toEqual({ code: 3, error: "unknown_request" });
  });
});

describe("taking over", () => {
  it("shows the requests and the next commands", async () => {
    const { sandbox, one, two, three, id } = await open();
    const request = await id(one, "request", "session-2", "Write the parser");
    await two.print("accept", request);
    expect((await three.run("takeover", "session-2")).err).toMatch(
      /^session-2 is alive: its work can be taken over/,
    );
    sandbox.clock.now += 90_000_000;
    expect(await three.print("takeover", "session-2")).toBe(
      [
        `Yours now, no longer session-2's: ${request} is accepted.`,
        "  session-1 (unverified) asked:",
        "  | Write the parser",
        `  Next: hive start ${request}, or hive complete ${request}`,
        "",
      ].join("\n"),
    );
    expect(await one.print("inbox")).toContain(`Request ${request} is with session-3`);
  });
});
