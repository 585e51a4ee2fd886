import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import type { WaitingSession } from "../../../src/domain/activity/needs.ts";
import { Console, errorOf } from "../../support/console.ts";
import { openSandbox } from "../../support/git-sandbox.ts";
import { HOSTILE_QUESTIONS } from "../../support/hostile-questions.ts";
import { hubWith } from "../../support/hub-with.ts";
import { isSafeToShow } from "../../support/unsafe.ts";

interface Told {
  result: { message: { from: string; body: string; person?: true }; answered: object | null };
}

/** A hub with three sessions, and a person at a terminal, whose name is in git's settings. */
async function open(name: string | undefined = "Ada Lovelace") {
  const sandbox = openSandbox();
  const hub = await hubWith(sandbox, "ann", "bob", "gone");
  const settings = join(sandbox.folder("git"), "config");
  writeFileSync(settings, name === undefined ? "" : `[user]\n\tname = ${name}\n`);
  const person = new Console(sandbox, {
    directory: sandbox.folder("desk"),
    env: { HIVE_HUB: hub, GIT_CONFIG_GLOBAL: settings },
  });
  const as = (session: string) => person.with({ env: { HIVE_SESSION: session } });
  const needs = async () => (await person.json<{ needs: WaitingSession[] }>("needs")).needs;
  return { sandbox, hub, person, ann: as("ann"), bob: as("bob"), needs };
}

describe("hive needs", () => {
  it("asks, lists who waits with the options and whom that blocks, and takes the question back", async () => {
    const { sandbox, person, ann, bob } = await open();
    expect(await person.print("needs")).toBe("No session waits for its human.\n");
    await bob.print("needs", "Which database?", "--options", "Postgres, SQLite");
    await ann.print("request", "bob", "Please help");
    sandbox.clock.now += 300_000;
    expect(await person.print("needs")).toBe(
      [
        "What other sessions wrote is unverified:",
        "bob asks, 5m ago, blocks ann:",
        "  | Which database?",
        "  | 1. Postgres",
        "  | 2. SQLite",
        '  Answer: hive tell bob "<answer>"',
        "",
      ].join("\n"),
    );
    expect(await bob.print("needs", "--done")).toBe("You ask your human nothing now.\n");
    expect(await person.json("needs")).toEqual({ needs: [] });
  });

  it("is seen in sync, whoami and the status line", async () => {
    const { ann, bob } = await open();
    await bob.print("needs", "Which database?");
    expect(await ann.print("sync")).toContain(
      'bob asks its human: «Which database?». Answer: hive tell bob "<answer>"\n',
    );
    expect(await bob.print("sync")).toContain(
      "You ask your human: Which database? Answered? hive needs --done\n",
    );
    expect(await bob.print("whoami")).toContain("\nYou ask your human: Which database?");
    expect(await bob.json("whoami")).toMatchObject({ needs: { question: "Which database?" } });
    expect(await ann.print("statusline")).toMatch(/ 1\?\n$/);
  });

  it.each([
    [["needs", "a", "b"], 2, "Quote it"],
    [["needs", "--done", "a"], 2, "--done takes no question"],
    [["needs", "--options", "a,b"], 2, "no question"],
    [["needs", "a?", "--options", "a"], 2, "2 to 9 options"],
    [["needs", "a?", "--options", "1,2,3,4,5,6,7,8,9,10"], 2, "2 to 9 options"],
    [["needs", "x".repeat(401)], 2, "at most 400"],
    [["needs", "Is hunter2x the password: hunter2x?"], 3, "secret"],
  ])("a wrong call is refused: %#", async (argv, code, says) => {
    const { bob, needs } = await open();
    const ran = await bob.run(...argv);
    expect(ran).toMatchObject({ code, out: "" });
    expect(ran.err).toContain(says);
    expect(await needs()).toEqual([]);
  });

  it("shows no text of others that harms a terminal or leaves its frame", async () => {
    const { person, ann, bob, needs } = await open();
    for (const question of HOSTILE_QUESTIONS) {
      await bob.print(
        "needs",
        "--options",
        `${question.replaceAll(",", " ").slice(0, 60)},b`,
        "--",
        question,
      );
      expect((await needs())[0]?.question).toBe(question.trim());
      const shown = await person.print("needs");
      for (const line of shown.trimEnd().split("\n")) expect(line).toMatch(/^(?:What|bob| {2}\|| {2}Answer)/);
      for (const out of [shown, await ann.print("sync"), await bob.print("whoami")])
        expect(isSafeToShow(out), question).toBe(true);
      expect(await ann.print("sync")).toMatch(/^bob asks its human: «[^«»\n]*»\. Answer: hive tell bob /m);
    }
  });
});

describe("the wait that hive needs names", () => {
  it("ends by the answer to this question, and by nothing else", async () => {
    const { person, ann, bob } = await open();
    await ann.print("send", "bob", "An old message");
    const said = await bob.print("needs", "Which database?");
    const [, id = ""] = /Wait for the answer: hive wait (\w{26})\n/.exec(said) ?? [];
    const waits = (word: string) => bob.run("--json", "wait", word, "--timeout", "1s");
    expect((await waits(id)).code).toBe(124);
    await person.print("tell", "bob", "Postgres");
    expect(JSON.parse((await waits(id)).out)).toMatchObject({
      happened: { kind: "message", message: { answers: id, body: "Postgres" } },
    });
    const next = await bob.json<Told>("needs", "Which port?");
    expect((await waits((next.result as unknown as { need: { id: string } }).need.id.slice(-6))).code).toBe(
      124,
    );
  });
});

describe("hive tell", () => {
  it("answers as the person of git's user.name, and the session reads it at once", async () => {
    const { person, bob, needs } = await open("Ädá  Lovelace!");
    await bob.print("needs", "Which database?", "--options", "Postgres,SQLite");
    expect(await person.print("tell", "bob", "2")).toBe(
      "ada-lovelace told bob: SQLite\nIts question is answered.\n",
    );
    expect(await needs()).toEqual([]);
    expect(await bob.print("inbox")).toMatch(
      /: ada-lovelace to you, high, 0s ago: Answer to: Which database\?\n {2}\| SQLite\n/,
    );
    expect(await person.json("validate")).toMatchObject({ findings: [] });
    expect(await person.json("validate", "HEAD")).toMatchObject({ findings: [] });
    expect(await person.print("log", "--limit", "1")).toContain("ada-lovelace tells bob: SQLite");
  });

  it("acts under another name where a session has or had the person's", async () => {
    for (const [name, expected] of [
      ["Ann", "person-ann"],
      ["Gone", "person-gone"],
      ["Git Hive", "person-git-hive"],
      ["a", "person-a"],
    ] as const) {
      const { person } = await open(name);
      await person.print("retire", "gone", "--force");
      const { result } = await person.json<Told>("tell", "bob", "Hello", "you");
      expect(result.message).toMatchObject({ from: expected, person: true, body: "Hello you" });
    }
  });

  it("acts as --as, HIVE_SESSION or the terminal's session where one is known", async () => {
    const { person, ann } = await open();
    const from = async (by: Console, ...argv: string[]) =>
      (await by.json<Told>("tell", "bob", "Yes", ...argv)).result.message;
    expect(await from(person, "--as", "eve")).toMatchObject({ from: "eve", person: true });
    expect(await from(person, "--as", "ann")).not.toHaveProperty("person");
    expect(await from(ann)).toMatchObject({ from: "ann" });
    const terminal = person.with({ env: { TMUX_PANE: "%1" } });
    await terminal.print("register", "boss");
    expect(await from(terminal)).toMatchObject({ from: "boss" });
  });

  it("says how to be named where git has no name", async () => {
    for (const name of [undefined, "李雷"]) {
      const { person } = await open(name ?? "");
      const ran = await person.run("--json", "tell", "bob", "Yes");
      expect(ran.code).toBe(2);
      expect(errorOf(ran).hint).toContain("--as <your-name>");
    }
  });

  it("never lets a coding tool's session pass as a person", async () => {
    const { person } = await open();
    const tool = person.with({ env: { CLAUDE_CODE_SESSION_ID: "one" } });
    expect(errorOf(await tool.run("--json", "tell", "bob", "Yes")).code).toBe("no_identity");
    expect(errorOf(await tool.run("--json", "tell", "bob", "Yes", "--as", "eve")).code).toBe(
      "not_registered",
    );
    await tool.print("register", "robot");
    const { result } = await tool.json<Told>("tell", "bob", "Yes");
    expect(result.message).toMatchObject({ from: "robot" });
    expect(result.message).not.toHaveProperty("person");
  });

  it.each([
    [["tell", "bbo", "Yes"], 3, "Did you mean bob?"],
    [["tell", "bob", " "], 2, "empty"],
    [["tell", "Bob!", "Yes"], 2, "not a session id"],
    [["tell", "bob", "9"], 3, "options 1 to 2"],
    [["tell", "bob", "The password is hunter2x"], 3, "secret"],
  ])("%j is refused, and the question stays", async (argv, code, says) => {
    const { person, bob, needs } = await open();
    await bob.print("needs", "Go on?", "--options", "yes,no");
    const ran = await person.run(...argv);
    expect(ran.code).toBe(code);
    expect(ran.err).toContain(says);
    expect(await needs()).toHaveLength(1);
  });
});
